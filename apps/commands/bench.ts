import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCharge, benchGy, benchPages, benchRenew } from '../bench/index.ts';
import { type Command, EXIT, readCount, UsageTrouble } from './command.ts';

/** What a figure is measured with when nothing else is said. */
const USUAL = {
  renew: { clients: 16, lines: 2000 },
  charge: { clients: 256, lines: 200_000 },
  gy: { clients: 256, lines: 200_000 },
  pages: { clients: 1, lines: 1 },
} as const;

export const bench: Command = {
  usage: 'renew|charge|gy [--seconds 20] [--clients N] [--lines N] [--json] | pages [--json]',
  summary: 'measure renewals, or charging by itself or over Gy, beside pgbench, or what the pages cost on a slow line',
  async run([what, ...words], { terminal }) {
    const options = {
      seconds: { type: 'string', default: '20' },
      clients: { type: 'string' },
      lines: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args: [...words], options });
    if (what !== 'renew' && what !== 'charge' && what !== 'gy' && what !== 'pages')
      throw new UsageTrouble(`there is no bench "${what ?? ''}"`);
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
        pages: () => benchPages(home, terminal.warn),
      }[what]();
      terminal.print(values.json ? JSON.stringify(report) : JSON.stringify(report, null, 2));
      return EXIT.done;
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};
