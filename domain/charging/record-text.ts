/**
 * How a request's row keeps what was recorded and answered: arrays in the order below, because every request writes both. A
 * migration that changes the order changes the rows (0031).
 */
import type { Service } from '#domain/catalog';
import type { AnsweredItem, ChargingAnswer, RecordedItem } from './charging.ts';
import type { ChargingResult } from './results.ts';

export function encodeItems(items: readonly RecordedItem[]): string {
  return JSON.stringify(
    items.map((item) => [
      item.ratingGroup,
      item.service,
      item.zone,
      text(item.asked),
      `${item.used}`,
      item.from.map(([allowanceId, quantity]) => [`${allowanceId}`, `${quantity}`]),
      `${item.free}`,
      `${item.paid}`,
      `${item.paidMinor}`,
      `${item.lost}`,
      `${item.lostMinor ?? 0n}`,
      item.rates ?? [],
      text(item.granted),
      item.why,
    ]),
  );
}

/** What `encodeItems` wrote, as the driver parsed it. */
export function decodeItems(parsed: unknown): RecordedItem[] {
  return (parsed as EncodedItem[]).map(
    ([ratingGroup, service, zone, asked, used, from, free, paid, paidMinor, lost, lostMinor, rates, granted, why]) => ({
      ...{ ratingGroup, service, zone, asked: quantity(asked), used: BigInt(used) },
      from: from.map(([allowanceId, taken]) => [BigInt(allowanceId), BigInt(taken)] as const),
      ...{ free: BigInt(free), paid: BigInt(paid), paidMinor: BigInt(paidMinor), lost: BigInt(lost) },
      ...(lostMinor === '0' ? {} : { lostMinor: BigInt(lostMinor) }),
      ...(rates.length === 0 ? {} : { rates }),
      ...{ granted: quantity(granted), why },
    }),
  );
}

export function encodeAnswer({ result, items, refundInformation }: ChargingAnswer): string {
  const rows = items.map((item) => [
    item.ratingGroup,
    item.serviceIdentifier,
    item.result,
    text(item.granted),
    item.validitySeconds,
    text(item.threshold),
    item.tariffChangeAt?.getTime() ?? null,
    item.final,
    item.speed,
  ]);
  return JSON.stringify(refundInformation === undefined ? [result, rows] : [result, rows, refundInformation]);
}

/** What `encodeAnswer` wrote, as the driver parsed it. */
export function decodeAnswer(parsed: unknown): ChargingAnswer {
  const [result, rows, refundInformation] = parsed as EncodedAnswer;
  const items = rows.map(
    ([ratingGroup, serviceIdentifier, itemResult, granted, validitySeconds, threshold, tariffChangeMs, final, speed]): AnsweredItem => ({
      ...{ ratingGroup, serviceIdentifier, result: itemResult, granted: quantity(granted), validitySeconds },
      ...{ threshold: quantity(threshold), tariffChangeAt: tariffChangeMs === null ? null : new Date(tariffChangeMs), final, speed },
    }),
  );
  return { result, items, ...(refundInformation === undefined ? {} : { refundInformation }) };
}

function text(units: bigint | null): string | null {
  return units === null ? null : `${units}`;
}

function quantity(units: string | null): bigint | null {
  return units === null ? null : BigInt(units);
}

type EncodedItem = [
  ratingGroup: number | null,
  service: Service,
  zone: string,
  asked: string | null,
  used: string,
  from: [allowanceId: string, quantity: string][],
  free: string,
  paid: string,
  paidMinor: string,
  lost: string,
  lostMinor: string,
  rates: string[],
  granted: string | null,
  why: RecordedItem['why'],
];

type EncodedAnswer = [
  result: ChargingResult,
  items: [
    ratingGroup: number | null,
    serviceIdentifier: number | null,
    result: ChargingResult,
    granted: string | null,
    validitySeconds: number | null,
    threshold: string | null,
    tariffChangeMs: number | null,
    final: boolean,
    speed: AnsweredItem['speed'],
  ][],
  refundInformation?: string,
];
