// `npm run check [name …]`: what can be told without running the program. Ends with `N passed, N failed`.
import { runChecks } from './check/run-checks.ts';

const { passed, failed } = await runChecks({ names: process.argv.slice(2) });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
