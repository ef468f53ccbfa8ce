import { isCode, isSql, lineAt } from './checkout.ts';
import type { Rule } from './rule.ts';

// Put together, so that this file is not found by its own rule.
const LEFTOVER = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'].join('|')})\\b|not (yet )?imple${'mented'}`, 'g');

export const forbidLeftovers: Rule = {
  name: 'leftovers',
  why: 'What is left to do stands in an issue or in docs/progress.md, where somebody looks; in the code it is forgotten. Finish it or say plainly what is not there.',
  find: (checkout) =>
    checkout.paths
      .filter((path) => isCode(path) || isSql(path))
      .flatMap((path) => {
        const text = checkout.text(path);
        return [...text.matchAll(LEFTOVER)].map((match) => ({ path, line: lineAt(text, match.index), what: match[0] }));
      }),
};
