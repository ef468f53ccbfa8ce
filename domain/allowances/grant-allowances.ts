import type { AllowancePart } from '#domain/catalog';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { Allowance, OrderItemKey, Starts } from './allowance.ts';

export type Grant = OrderItemKey & {
  /** Parts that are not shared belong to this line. */
  readonly lineId: bigint;
  readonly productCode: string;
  readonly productVersion: number;
  readonly market: string;
  /** Their places are the part numbers: give them in the order of the version that was sold. */
  readonly parts: readonly AllowancePart[];
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly starts: Starts;
  /** Business time of the delivery. */
  readonly at: Date;
};

type GrantedPart = Pick<Allowance, 'partNo' | 'allowanceId' | 'lineId' | 'service' | 'zone' | 'zeroRated' | 'granted' | 'fullSpeedCap'>;
type InsertColumns = Omit<Grant, 'parts' | 'lineId' | 'at'> & {
  createdAt: Date;
  partNos: number[];
  allowanceIds: bigint[];
  lineIds: (bigint | null)[];
  services: string[];
  zones: string[];
  zeroRateds: boolean[];
  granteds: (bigint | null)[];
  fullSpeedCaps: (bigint | null)[];
};
const insertAllowances = statement<InsertColumns>(import.meta.dirname, 'insert-allowances');

/** Delivers what one item of an order bought, exactly once: delivered again, it stays as it was. */
export function grantAllowances(tools: Pick<Tools, 'mintId'>, tx: Transaction, grant: Grant): void {
  if (grant.parts.length === 0) return;
  const { lineId, parts, at, ...same } = grant;
  const granted = parts.map((part, partNo): GrantedPart => {
    const { service, zone, zeroRated, quantity, fullSpeedCap } = part;
    const allowanceId = tools.mintId(grant.slot);
    return { partNo, allowanceId, lineId: part.shared ? null : lineId, service, zone, zeroRated, granted: quantity, fullSpeedCap };
  });
  tx.write(insertAllowances, { ...same, createdAt: at, ...columnsOf(granted) });
}

function columnsOf(granted: readonly GrantedPart[]) {
  return {
    partNos: granted.map((part) => part.partNo),
    allowanceIds: granted.map((part) => part.allowanceId),
    lineIds: granted.map((part) => part.lineId),
    services: granted.map((part) => part.service),
    zones: granted.map((part) => part.zone),
    zeroRateds: granted.map((part) => part.zeroRated),
    granteds: granted.map((part) => part.granted),
    fullSpeedCaps: granted.map((part) => part.fullSpeedCap),
  };
}
