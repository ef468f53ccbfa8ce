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
const STEP = 0.01;

/** `#rrggbb` → the style rules that set `--brand` and `--brand-ink` for both schemes. Throws on anything else: it goes into a style element. */
export function accentRules(accent: string): string {
  const light = text(shade(parse(accent), -STEP, LIGHT_PAPER, CONTRAST_LIGHT_MIN));
  const dark = text(shade(parse(accent), STEP, DARK_CARD, CONTRAST_DARK_MIN));
  return `:root{--brand:${light};--brand-ink:#fff}@media(prefers-color-scheme:dark){:root{--brand:${dark};--brand-ink:#04120f}}`;
}

/** The same hue and saturation, darker or lighter by as many steps as it takes. */
function shade(colour: Rgb, step: number, paper: Rgb, contrastMin: number): Rgb {
  const { hue, saturation, lightness } = hslOf(colour);
  let shaded = colour;
  for (let level = lightness; contrast(shaded, paper) < contrastMin && level >= 0 && level <= 1; level += step)
    shaded = rgbOf(hue, saturation, level);
  return shaded;
}

/** CSS Color 4, §7: RGB to HSL and back; all parts 0 to 1 but the hue, in degrees. */
function hslOf(colour: Rgb): { hue: number; saturation: number; lightness: number } {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => value / 255);
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const lightness = (max + min) / 2;
  const spread = max - min;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const sixth = max === red ? (green - blue) / spread : max === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
  return { hue: (sixth * 60 + 360) % 360, saturation: (max - lightness) / Math.min(lightness, 1 - lightness), lightness };
}

function rgbOf(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const part = (offset: number): number => {
    const place = (offset + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [part(0), part(8), part(4)];
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
