/** The owner of an account says how much of the data that its lines share one of them may use: chosen, or typed in GB (SIM-4). */
import type { Asker, RefusalView } from '#channels/web';
import { findNumber } from '#domain/lines';
import { capLine } from '#domain/orders';
import { isRefusal, Refusal } from '#platform/refusals';
import { type Desk, personOf } from '../desk.ts';
import { refuse } from '../refusals.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { isNone, openOwnLine } from './own-line.ts';

type ShareRequest = { readonly id: string; readonly choice: string; readonly typed: string };

const MB = 1_000_000n;
const UNITS: Readonly<Record<string, bigint>> = { GB: 1000n * MB, MB };
/** Three digits behind a separator would be thousands to some readers and decimals to others. */
const TYPED = /^(\d{1,9})(?:[.,](\d{1,2}))? ?(GB|MB)?$/;
/** Longer than anybody types; more is not told again. */
const TYPED_LENGTH_MAX = 40;

export async function setShare(
  desk: Desk,
  asker: Asker,
  { id, choice, typed }: ShareRequest,
): Promise<Record<string, never> | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_line');
  if (isNone(line)) return line;
  const { house } = desk;
  const { number } = line.state.line;
  const claim = await findNumber(house.database, number);
  if (isRefusal(claim) || claim.lineId !== line.key.lineId) return tellRefusal(new Refusal('orders.number_moved'), asker);
  const octets = choice === '' ? readSize(typed) : readChoice(choice);
  if (isRefusal(octets)) return tellRefusal(octets, asker);
  const capped = await capLine(house, personOf(desk, asker), { number, octets, reason: 'asked' });
  return isRefusal(capped) ? tellRefusal(capped, asker) : {};
}

/** As the page offered it: octets, or "none". */
function readChoice(text: string): bigint | null | Refusal<'self-care.share_not_understood'> {
  if (text === 'none') return null;
  return /^\d{1,15}$/.test(text) ? BigInt(text) : notUnderstood(text);
}

/** "2.5", "2,5 GB", "500 MB", "２．５": without a unit it is GB. */
export function readSize(text: string): bigint | Refusal<'self-care.share_not_understood'> {
  const plain = text.normalize('NFKC').replaceAll('\u3002', '.').trim().toUpperCase();
  const [found, whole = '', decimals = '', unit = 'GB'] = TYPED.exec(plain) ?? [];
  if (found === undefined) return notUnderstood(text);
  return (BigInt(whole + decimals.padEnd(2, '0')) * (UNITS[unit] ?? MB)) / 100n;
}

function notUnderstood(text: string): Refusal<'self-care.share_not_understood'> {
  return refuse('self-care.share_not_understood', { text: text.slice(0, TYPED_LENGTH_MAX) });
}
