import { SHORT } from './options.ts';
import { runTorture } from './run-torture.ts';

const { evidence, wrong, ...rest } = await runTorture(
  {
    ...SHORT,
    renewals: Number(process.argv[2] ?? 200),
    nodeKills: Number(process.argv[3] ?? 0),
    postgresKills: Number(process.argv[4] ?? 0),
    cutOneIn: Number(process.argv[5] ?? 0),
    seed: Number(process.argv[6] ?? 1),
  },
  console.log,
);
console.log(rest);
console.log(wrong.length, wrong.filter((w) => !w.includes('made 5 allow')).slice(0, 60));
process.exit(0);
