import { SHORT } from './options.ts';
import { runTorture } from './run-torture.ts';

console.log(
  await runTorture(
    {
      ...SHORT,
      renewals: Number(process.argv[2] ?? 200),
      nodeKills: Number(process.argv[3] ?? 0),
      postgresKills: Number(process.argv[4] ?? 0),
      cutOneIn: Number(process.argv[5] ?? 0),
    },
    console.log,
  ),
);
process.exit(0);
