import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchPages, benchRenew } from '../bench/index.ts';
import { type Command, EXIT, readCount, UsageTrouble } from './command.ts';

export const bench: Command = {
  usage: 'renew [--seconds 20] [--clients 16] [--lines 2000] [--json] | pages [--json]',
  summary: 'measure renewals beside pgbench, or what the pages cost on a slow line',
  async run([what, ...words], { terminal }) {
    const number = (name: string) => ({ type: 'string', default: name }) as const;
    const options = {
      seconds: number('20'),
      clients: number('16'),
      lines: number('2000'),
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...words], options });
    if (what !== 'renew' && what !== 'pages') throw new UsageTrouble(`there is no bench "${what ?? ''}"`);
    const home = mkdtempSync(join(tmpdir(), 'everline-bench-'));
    // The database's user, when it is not us, must reach its data.
    chmodSync(home, 0o711);
    try {
      const count = (name: 'seconds' | 'clients' | 'lines') => readCount(`--${name}`, values[name]);
      const sizes = { seconds: count('seconds'), clients: count('clients'), lines: count('lines') };
      const report = what === 'pages' ? await benchPages(home, terminal.warn) : await benchRenew({ home, ...sizes, print: terminal.warn });
      terminal.print(values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
      return EXIT.done;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};
