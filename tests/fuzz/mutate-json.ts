/** JSON made wrong, in the ways that readers of it get wrong: types, edges, what is missing, what is too much, and broken text. */
import type { Random } from '#platform/random';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const EDGES: readonly Json[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    -(2 ** 63),
    1e308,
    '',
    ' ',
    '0',
    '-1',
    'null',
    '\u0000',
    '\ud800',
    '٣',
    '𝟙',
    '../..',
    '%00',
  ],
  ...[
    "' or 1=1 --",
    '{{7*7}}',
    '<script>',
    'a'.repeat(5_000),
    [],
    {},
    [[]],
    JSON.parse('{"__proto__":{"x":1}}') as Json,
    '__proto__',
    'constructor',
  ],
];

/** The text of a body that was like `sample`. */
export function mutateJson(sample: unknown, random: Random): string {
  let value = sample as Json;
  for (let left = 1 + random.below(3); left > 0; left -= 1) value = changed(value, random);
  const text = JSON.stringify(value);
  return random.below(5) === 0 ? brokenText(text, random) : text;
}

function changed(value: Json, random: Random): Json {
  const isInner = typeof value === 'object' && value !== null && random.below(5) > 0;
  if (!isInner) return EDGES[random.below(EDGES.length)] ?? null;
  if (Array.isArray(value)) {
    const place = random.below(value.length + 1);
    if (place === value.length) return [...value, ...value, null];
    return value.with(place, changed(value[place] as Json, random));
  }
  const entries = Object.entries(value);
  const [key = 'x', inner = null] = entries[random.below(Math.max(1, entries.length))] ?? [];
  const others = Object.fromEntries(entries.filter(([name]) => name !== key));
  switch (random.below(6)) {
    case 0:
      return others;
    case 1:
      return { ...value, [`${key}x`]: inner };
    default:
      return { ...others, [key]: changed(inner, random) };
  }
}

function brokenText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const noise = ['', '"', '}', ',', '\u0000', '\\u', '{"a":', '1e999', '//', '\ufeff'][random.below(10)] ?? '';
  return text.slice(0, at) + noise + text.slice(at + random.below(4));
}
