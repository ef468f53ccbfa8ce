/** The simulator as a program: prints one JSON line when it runs, ends on SIGTERM, on Ctrl-C, and when its parent is gone. */
import { runNrf } from './run-nrf.ts';

await runNrf(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
process.exit(0);
