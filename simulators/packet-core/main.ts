/** The simulator as a program: prints one JSON line when it runs, ends its sessions and itself on SIGTERM, on Ctrl-C, and when its parent is gone. */
import { runPacketCore } from './run-packet-core.ts';

await runPacketCore(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
process.exit(0);
