import { isCode, isSql, lineAt } from './checkout.ts';
import type { Rule } from './rule.ts';

const MACHINE_PATH = /(?<![\w.])\/(?:work|root|home\/\w+|Users\/\w+)\/[\w.-]+/g;

export const forbidMachinePaths: Rule = {
  name: 'machine-paths',
  why: 'A path of one machine is nowhere on the next: paths are built from import.meta.dirname, EVERLINE_HOME or the temporary folder.',
  find: (checkout) =>
    checkout.paths
      .filter((path) => isCode(path) || isSql(path) || /\.(md|json|cjs)$/.test(path))
      .flatMap((path) => {
        const text = checkout.text(path);
        return [...text.matchAll(MACHINE_PATH)].map((match) => ({ path, line: lineAt(text, match.index), what: match[0] }));
      }),
};
