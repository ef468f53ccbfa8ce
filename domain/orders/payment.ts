import type { Money } from '#domain/money';
import type { MethodUsed } from '#domain/payments';

/** What paid an order: shown on its receipt, and the boundary account the money came in through. */
export type Payment =
  | { readonly tender: 'balance' }
  | {
      readonly tender: 'provider';
      readonly provider: string;
      readonly attemptId: bigint;
      readonly method: MethodUsed | null;
      /** Transport time of the capture as we recorded it. */
      readonly paidAt: Date;
      /** Captured above the total: on its way back. */
      readonly excess: Money;
    };
