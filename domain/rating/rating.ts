/**
 * What a use is before anything is taken for it: which service, in which zone, at which tariff. Plain data: the charging
 * engine keeps it in the request's row, and everything here is a function of it and of the catalogue.
 */
import type { Service } from '#domain/catalog';

/**
 * What the network says about a use. `visitedNetwork`: MCC and MNC, digits only; absent: at home. `destination`: E.164 with "+", or a
 * service number as it was dialled ("911").
 */
export type AskedUse =
  | { readonly kind: 'data'; readonly ratingGroup?: number; readonly visitedNetwork?: string }
  | { readonly kind: 'voice' | 'message'; readonly destination: string; readonly visitedNetwork?: string };

/** `free`: costs nothing and takes from no allowance, whatever the plan. */
export type ClassifiedUse = { readonly service: Service; readonly zone: string; readonly free: boolean };

/** `tariff`: code of the period that holds, null for the ordinary one. */
export type RatedUse = Pick<ClassifiedUse, 'service' | 'zone'> & { readonly tariff: string | null };

/** What one session has used and paid in one rating group and tariff period. `debitedMinor` counts what was lost as paid. */
export type Tally = { readonly unitsBefore: bigint; readonly debitedMinor: bigint };
