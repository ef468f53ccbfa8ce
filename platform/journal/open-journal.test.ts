import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type JournalFile, JournalFull, openJournal } from './index.ts';

type Entry = { readonly no: bigint };
const OCTETS_MAX = 1_000_000;

function folder(t: { after(end: () => void): void }): string {
  const made = mkdtempSync(join(tmpdir(), 'everline-journal-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return join(made, 'below/journal');
}

async function reopened(path: string) {
  const { journal, entries, torn } = await openJournal<Entry>(path, { octetsMax: OCTETS_MAX });
  await journal.close();
  return { numbers: entries.map(({ no }) => no), torn };
}

test('what was added is there after a restart, in its order, also when many add at once', async (t) => {
  const path = folder(t);
  const { journal, entries } = await openJournal<Entry>(path, { octetsMax: OCTETS_MAX });
  assert.deepEqual(entries, []);
  await Promise.all(Array.from({ length: 20 }, (_, no) => journal.append({ no: BigInt(no) })));
  await journal.close();
  assert.deepEqual(await reopened(path), { numbers: Array.from({ length: 20 }, (_, no) => BigInt(no)), torn: 0 });
});

test('a line that was torn at any octet is left out, those before it stay, and what follows is added behind a whole one', async (t) => {
  const path = folder(t);
  const { journal } = await openJournal<Entry>(path, { octetsMax: OCTETS_MAX });
  await journal.append({ no: 1n });
  const before = readFileSync(path).length;
  await journal.append({ no: 2n });
  await journal.close();
  const whole = readFileSync(path);
  for (let octets = before + 1; octets < whole.length - 1; octets += 1) {
    writeFileSync(path, whole);
    truncateSync(path, octets);
    assert.deepEqual(await reopened(path), { numbers: [1n], torn: 1 }, `${octets} octets`);
    assert.deepEqual(await reopened(path), { numbers: [1n], torn: 0 });
  }
});

test('a line that was changed on the disk is left out alone', async (t) => {
  const path = folder(t);
  const { journal } = await openJournal<Entry>(path, { octetsMax: OCTETS_MAX });
  for (const no of [1n, 2n, 3n]) await journal.append({ no });
  await journal.close();
  writeFileSync(path, readFileSync(path, 'utf8').replace('"2n"', '"9n"'));
  appendFileSync(path, 'nothing of ours');
  assert.deepEqual(await reopened(path), { numbers: [1n, 3n], torn: 2 });
});

test('a disk that is full takes nothing, keeps what it had, and takes again when there is room', async (t) => {
  const path = folder(t);
  let isFull = false;
  const filling = async (name: string): Promise<JournalFile> => {
    const file = await open(name, 'a');
    return {
      async appendFile(text) {
        // As the kernel does: as much as there is room for, then an error.
        await file.appendFile(isFull ? text.slice(0, 7) : text);
        if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      },
      datasync: () => file.datasync(),
      truncate: (octets) => file.truncate(octets),
      close: () => file.close(),
    };
  };
  const { journal } = await openJournal<Entry>(path, { octetsMax: OCTETS_MAX, openFile: filling });
  await journal.append({ no: 1n });
  isFull = true;
  await assert.rejects(journal.append({ no: 2n }), /no space/);
  isFull = false;
  await journal.append({ no: 3n });
  await journal.close();
  assert.deepEqual(await reopened(path), { numbers: [1n, 3n], torn: 0 });
});

test('it holds no more than it may; replaced by less, it takes again', async (t) => {
  const path = folder(t);
  const { journal } = await openJournal<Entry>(path, { octetsMax: 50 });
  await journal.append({ no: 1n });
  await assert.rejects(Promise.all([journal.append({ no: 2n }), journal.append({ no: 3n })]), JournalFull);
  await journal.replace([]);
  await journal.append({ no: 4n });
  await journal.close();
  assert.deepEqual(await reopened(path), { numbers: [4n], torn: 0 });
});

test('where no file can be, there is no journal', async (t) => {
  const path = folder(t);
  mkdirSync(path, { recursive: true });
  await assert.rejects(openJournal(path, { octetsMax: OCTETS_MAX }));
});
