/** Examples in a document: fenced blocks of `sh` (commands) and `console` (commands after `$`, with what they print). */
import assert from 'node:assert/strict';

export type Example = {
  readonly command: string;
  /** Empty where the document shows none. */
  readonly output: string;
  /** Why the document says that it is not run: "```console not run: it takes minutes". */
  readonly notRun: string | undefined;
};

export function examplesIn(document: string): Example[] {
  const blocks = document.matchAll(/^```(sh|console)(?: not run: ([^\n]+))?\n([\s\S]*?)^```$/gm);
  return [...blocks].flatMap(([, kind, notRun, text = '']) => {
    const commands = kind === 'sh' ? text.split('\n').filter(Boolean) : text.split(/^\$ /m).slice(1);
    return commands.map((one) => {
      const [command = '', ...output] = one.split('\n');
      return { command, output: output.join('\n').trimEnd(), notRun };
    });
  });
}

/** What differs from run to run: ids, secrets, instants, how long something took, how much somebody has used by now. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  [/\b(ord|lin|att|ref)_\w+/g, '$1_…'],
  [/http:\/\/(localhost|127\.0\.0\.1):\d+/g, 'http://$1:…'],
  [/\/o\/[\w-]+/g, '/o/…'],
  [/\/pay\/\w+/g, '/pay/…'],
  [/\b[A-Z]{2}-\d+(-C)?-\d{6}\b/g, 'US$1-…'],
  [/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<instant>'],
  [/\w{3} \d{1,2} \w{3} \d{4}, \d\d:\d\d/g, '<instant>'],
  [/\d{4}-\d\d-\d\d/g, '<day>'],
  [/\b\d+(\.\d+)? s\b/g, '… s'],
  [/"(paid|applied|notified)":\d+(\.\d+)?/g, '"$1":…'],
  [/\b\d+(\.\d+)?\s[kMG]B\b/g, '… GB'],
  [/\bbalance \$[\d.,]+/g, 'balance …'],
  [/\b\d+ (rows|tables|octets)\b/g, '… $1'],
  [/^(ok {4}(version|schema) +)\S+$/gm, '$1…'],
];

export function normalise(text: string): string[] {
  let plain = text;
  for (const [varying, stands] of VARYING) plain = plain.replace(varying, stands);
  return plain.split('\n').filter((line) => line.trim() !== '');
}

/** Line by line; a line of `…` in what was expected stands for any number of lines. */
export function compare(printed: readonly string[], expected: readonly string[]): void {
  const open = expected.indexOf('…');
  assert.deepEqual(open < 0 ? printed : printed.slice(0, open), open < 0 ? expected : expected.slice(0, open));
  if (open < 0) return;
  const rest = expected.slice(open + 1);
  assert.deepEqual(rest.length === 0 ? [] : printed.slice(-rest.length), rest);
}
