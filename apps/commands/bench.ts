import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCharge, benchGy, benchPages, benchRenew, benchRestore, benchScale } from '../bench/index.ts';
import { type Command, EXIT, readCount, UsageTrouble } from './command.ts';

/** What a figure is measured with when nothing else is said. */
const USUAL = {
  renew: { clients: 16, lines: 2000 },
  charge: { clients: 256, lines: 200_000 },
  gy: { clients: 256, lines: 200_000 },
  scale: { clients: 256, lines: 1_000_000 },
  restore: { clients: 1, lines: 40 },
  pages: { clients: 1, lines: 1 },
} as const;

function isBench(what: string | undefined): what is keyof typeof USUAL {
  return Object.hasOwn(USUAL, what ?? '');
}

export const bench: Command = {
  usage: 'renew|charge|gy|scale|restore [--seconds 20] [--clients N] [--lines N] [--json] | pages [--json]',
  summary:
    'measure renewals, or charging by itself or over Gy, beside pgbench; its cost over many lines; how soon data is back after paying; or what the pages cost on a slow line',
  async run([what, ...words], { terminal }) {
    const options = {
      seconds: { type: 'string', default: '20' },
      clients: { type: 'string' },
      lines: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...words], options });
    if (!isBench(what)) throw new UsageTrouble(`there is no bench "${what ?? ''}"`);
    const usual = USUAL[what];
    const count = (name: 'seconds' | 'clients' | 'lines', otherwise: number) => readCount(`--${name}`, values[name] ?? `${otherwise}`);
    const sizes = { seconds: count('seconds', 20), clients: count('clients', usual.clients), lines: count('lines', usual.lines) };
    const home = mkdtempSync(join(tmpdir(), 'everline-bench-'));
    // The database's user, when it is not us, must reach its data.
    chmodSync(home, 0o711);
    try {
      const options = { home, ...sizes, print: terminal.warn };
      const report = await {
        renew: () => benchRenew(options),
        charge: () => benchCharge(options),
        gy: () => benchGy(options),
        scale: () => benchScale(options),
        restore: () => benchRestore(options),
        pages: () => benchPages(home, terminal.warn),
      }[what]();
      terminal.print(values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
      return EXIT.done;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};
