/** RELIABILITY.md has two parts, written by two harnesses: each keeps what the other wrote. */
const CHARGING = '\n# Charging\n';

export function keepOtherPart(page: string): { readonly before: string; readonly charging: string } {
  const at = page.indexOf(CHARGING);
  return at < 0
    ? { before: page.trimEnd(), charging: '' }
    : { before: page.slice(0, at).trimEnd(), charging: page.slice(at + 1).trimEnd() };
}
