/**
 * A local file to which lines are only added, each on the disk before its adder is told so: for what must outlive this process
 * while the database is away. Each line carries its own checksum, so that what a crash or a full disk tore is known from what is whole.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { decodeJson, encodeJson } from '#platform/json';

export type Journal<Entry> = {
  /** Resolves when it is on the disk. Rejects when it is not, and then it is not in the journal either. */
  append(entry: Entry): Promise<void>;
  /** What the journal holds from now on, at once or not at all. */
  replace(entries: readonly Entry[]): Promise<void>;
  close(): Promise<void>;
};

export type OpenedJournal<Entry> = {
  readonly journal: Journal<Entry>;
  /** As they were added. */
  readonly entries: readonly Entry[];
  /** Lines that are not whole: at the end, of somebody who was never told that it is kept. */
  readonly torn: number;
};

/** What a journal needs of a file that is open for adding: `FileHandle` has it. */
export type JournalFile = {
  appendFile(text: string): Promise<void>;
  datasync(): Promise<void>;
  truncate(octets: number): Promise<void>;
  close(): Promise<void>;
};

/** It holds as much as it may. */
export class JournalFull extends Error {
  override name = 'JournalFull';
}

type Opened = { file: JournalFile; octets: number };
type Adding = { readonly line: string; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/**
 * Makes the folder where there is none. Throws when it cannot be read or written. `openFile` is for who wants another file than the
 * disk's.
 */
export async function openJournal<Entry>(
  path: string,
  { octetsMax, openFile = openOnDisk }: { octetsMax: number; openFile?: (path: string) => Promise<JournalFile> },
): Promise<OpenedJournal<Entry>> {
  await mkdir(dirname(path), { recursive: true });
  const lines = (await readIfThere(path)).split('\n');
  const entries: Entry[] = [];
  let torn = 0;
  for (const line of lines) {
    const entry = readLine<Entry>(line);
    if (entry !== undefined) entries.push(entry);
    else if (line !== '') torn += 1;
  }
  // Begun anew, so that nothing is ever added behind half a line.
  const octets = await writeWhole(path, entries);
  return { journal: journalOver<Entry>(path, { file: await openFile(path), octets }, octetsMax, openFile), entries, torn };
}

function journalOver<Entry>(
  path: string,
  opened: Opened,
  octetsMax: number,
  openFile: (path: string) => Promise<JournalFile>,
): Journal<Entry> {
  let waiting: Adding[] = [];
  let broken: unknown;
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  };

  /** Those that came while the last ones were written share one write and one sync. */
  async function addWaiting(): Promise<void> {
    const adding = waiting;
    waiting = [];
    if (adding.length === 0) return;
    const text = adding.map(({ line }) => line).join('');
    try {
      if (broken !== undefined) throw broken;
      if (opened.octets + Buffer.byteLength(text) > octetsMax) throw new JournalFull(`${path} may hold ${octetsMax} octets`);
      await addDurably(text);
      opened.octets += Buffer.byteLength(text);
      for (const { resolve } of adding) resolve();
    } catch (error) {
      for (const { reject } of adding) reject(error);
    }
  }

  async function addDurably(text: string): Promise<void> {
    try {
      await opened.file.appendFile(text);
      await opened.file.datasync();
    } catch (error) {
      // Half of it may be there: whoever is refused must not be found after a restart. Nor is more added if that cannot be undone.
      await opened.file
        .truncate(opened.octets)
        .then(() => opened.file.datasync())
        .catch((failed: unknown) => {
          broken = failed;
        });
      throw error;
    }
  }

  return {
    append: (entry) =>
      new Promise((resolve, reject) => {
        waiting.push({ line: lineOf(entry), resolve, reject });
        void inTurn(addWaiting);
      }),
    replace: (entries) =>
      inTurn(async () => {
        const octets = await writeWhole(path, entries);
        const { file } = opened;
        Object.assign(opened, { file: await openFile(path), octets });
        broken = undefined;
        await file.close().catch(() => {});
      }),
    close: () => inTurn(() => opened.file.close()),
  };
}

/** Beside it first, then in its place: after a crash one of the two is there whole. Gives its octets. */
async function writeWhole(path: string, entries: readonly unknown[]): Promise<number> {
  const text = entries.map(lineOf).join('');
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return Buffer.byteLength(text);
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function openOnDisk(path: string): Promise<JournalFile> {
  return open(path, 'a', 0o600);
}

function lineOf(entry: unknown): string {
  const text = encodeJson(entry);
  return `${checksumOf(text)} ${text}\n`;
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

function readLine<Entry>(line: string): Entry | undefined {
  const text = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== checksumOf(text)) return undefined;
  return decodeJson<Entry>(text);
}
