import { formatCount } from './format-data.ts';
import type { Language } from './language.ts';

/** 128 → "128 kbit/s"; 2000 → "2 Mbit/s". */
export function formatSpeed(language: Language, speedKbps: number): string {
  return speedKbps >= 1_000 ? `${formatCount(language, speedKbps / 1_000)}\u00a0Mbit/s` : `${formatCount(language, speedKbps)}\u00a0kbit/s`;
}
