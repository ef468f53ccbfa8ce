/**
 * The operator's one colour, made readable: darkened until it stands out on light paper, lightened until it does on dark
 * paper, so that a pale or a deep brand colour breaks no page (WCAG 2.2, 1.4.3 and 1.4.11).
 */
type Rgb = readonly [number, number, number];

const LIGHT_PAPER: Rgb = [245, 247, 248];
const DARK_CARD: Rgb = [22, 33, 42];
const CONTRAST_LIGHT_MIN = 4.7;
/** More than needed: a colour at the bare minimum looks dull on dark paper. */
const CONTRAST_DARK_MIN = 6.5;
const STEP = 0.04;

/** `#rrggbb` → the style rules that set `--brand` and `--brand-ink` for both schemes. Throws on anything else: it goes into a style element. */
export function accentRules(accent: string): string {
  const light = text(shade(parse(accent), [0, 0, 0], LIGHT_PAPER, CONTRAST_LIGHT_MIN));
  const dark = text(shade(parse(accent), [255, 255, 255], DARK_CARD, CONTRAST_DARK_MIN));
  return `:root{--brand:${light};--brand-ink:#fff}@media(prefers-color-scheme:dark){:root{--brand:${dark};--brand-ink:#04120f}}`;
}

function shade(colour: Rgb, towards: Rgb, paper: Rgb, contrastMin: number): Rgb {
  let shaded = colour;
  for (let part = STEP; contrast(shaded, paper) < contrastMin && part <= 1; part += STEP) shaded = mix(colour, towards, part);
  return shaded;
}

function mix(from: Rgb, to: Rgb, part: number): Rgb {
  const [red, green, blue] = from.map((value, place) => Math.round(value + ((to[place] ?? 0) - value) * part));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** WCAG 2.2: (L1 + 0.05) / (L2 + 0.05). */
export function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function parse(colour: string): Rgb {
  const [, red, green, blue] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour) ?? [];
  if (red === undefined || green === undefined || blue === undefined) throw new Error(`Not a colour: ${colour}`);
  return [Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16)];
}

function text(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
