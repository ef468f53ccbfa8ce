// The house style as a test that explains itself: `node tools/tidy.ts`, part of `npm run check`.
import { join } from 'node:path';
import { openCheckout, tellFindings, tidy } from './tidy/index.ts';

const findings = tidy(openCheckout(join(import.meta.dirname, '..')));
process.stdout.write(tellFindings(findings));
process.exitCode = findings.some((finding) => !finding.warning) ? 1 : 0;
