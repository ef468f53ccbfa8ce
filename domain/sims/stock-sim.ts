import { createHash } from 'node:crypto';
import { type Queries, statement, type Transaction } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import { refuse } from './refusals.ts';
import type { Sim } from './sims.ts';

type LineKey = { slot: number; accountId: bigint; lineId: bigint };
const insertSim = statement<{ iccid: string; imsi: string; activationCodeHash: Buffer | null }, { iccid: string }>(
  import.meta.dirname,
  'insert-sim',
);
const linkSimRow = statement<LineKey & { iccid: string; at: Date }, { iccid: string }>(import.meta.dirname, 'link-sim');
const useActivationRow = statement<{ activationCodeHash: Buffer; at: Date }, LineKey>(import.meta.dirname, 'use-activation-code');
const findImsiRow = statement<{ imsi: string }, LineKey>(import.meta.dirname, 'find-imsi');
const moveSimRow = statement<LineKey & { toSlot: number; toAccountId: bigint; toLineId: bigint }>(import.meta.dirname, 'move-sim');
const simOfLineRow = statement<LineKey, Sim>(import.meta.dirname, 'sim-of-line');

export type StockSimRefusal = Refusal<'sims.iccid_invalid' | 'sims.imsi_invalid' | 'sims.known_already'>;

/** Takes a SIM into stock. The activation code is kept as a hash only. */
export async function stockSim(tx: Transaction, sim: Sim & { activationCode?: string | undefined }): Promise<Sim | StockSimRefusal> {
  const iccid = sim.iccid.replace(/[\s-]|F$/gi, '');
  if (!isIccid(iccid)) return refuse('sims.iccid_invalid', { iccid: sim.iccid });
  if (!/^\d{14,15}$/.test(sim.imsi)) return refuse('sims.imsi_invalid', { imsi: sim.imsi });
  const activationCodeHash = sim.activationCode ? activationHash(sim.activationCode) : null;
  const stocked = await tx.maybe(insertSim, { iccid, imsi: sim.imsi, activationCodeHash });
  return stocked === undefined ? refuse('sims.known_already', { iccid }) : { iccid, imsi: sim.imsi };
}

/** Puts a stocked SIM into a line. Refuses `sims.in_use` when it serves one already. */
export async function linkSim(tx: Transaction, link: LineKey & { iccid: string; at: Date }): Promise<undefined | Refusal<'sims.in_use'>> {
  const linked = await tx.maybe(linkSimRow, link);
  return linked === undefined ? refuse('sims.in_use', { iccid: link.iccid }) : undefined;
}

/** The line of the SIM with this activation code, and the code is used up (transport time); undefined when it is used, unknown, or of a SIM in no line. */
export function useActivationCode(tx: Transaction, code: string, at: Date): Promise<LineKey | undefined> {
  return tx.maybe(useActivationRow, { activationCodeHash: activationHash(code), at });
}

/** As printed, and as typed with spaces around. */
function activationHash(code: string): Buffer {
  return createHash('sha256').update(code.trim()).digest();
}

/** The SIM in a line, if any. */
export function simOfLine(queries: Queries, { slot, accountId, lineId }: LineKey): Promise<Sim | undefined> {
  return queries.maybe(simOfLineRow, { slot, accountId, lineId });
}

/** The line that the SIM with this IMSI serves, if any. */
export function lineOfImsi(queries: Queries, imsi: string): Promise<LineKey | undefined> {
  return queries.maybe(findImsiRow, { imsi });
}

/** The card stays in the phone while its line becomes one of another account. */
export function moveSim(tx: Transaction, { slot, accountId, lineId }: LineKey, to: LineKey): void {
  tx.write(moveSimRow, { slot, accountId, lineId, toSlot: to.slot, toAccountId: to.accountId, toLineId: to.lineId });
}

/** 19 digits, or 20 of which the last is a check digit by Luhn over all (ITU-T E.118; GSMA cards carry both lengths). */
function isIccid(iccid: string): boolean {
  return /^89\d{17,18}$/.test(iccid) && luhnHolds(iccid);
}

function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
