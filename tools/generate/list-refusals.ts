/** Every expected "no": its code, what an answer carries, what the operator reads and what the customer reads. */
import { accessRefusals } from '#domain/access';
import { allowancesRefusals } from '#domain/allowances';
import { catalogRefusals } from '#domain/catalog';
import { ledgerRefusals } from '#domain/ledger';
import { linesRefusals } from '#domain/lines';
import { moneyRefusals } from '#domain/money';
import { noticesRefusals } from '#domain/notices';
import { ordersRefusals } from '#domain/orders';
import { paymentsRefusals } from '#domain/payments';
import { peopleRefusals } from '#domain/people';
import { simsRefusals } from '#domain/sims';
import { httpRefusals } from '#platform/http';
import { catalogues } from '#platform/messages';
import type { RefusalCatalogue } from '#platform/refusals';
import { code, page, table } from './markdown.ts';

export const REFUSALS: Readonly<Record<string, RefusalCatalogue>> = {
  access: accessRefusals,
  allowances: allowancesRefusals,
  catalog: catalogRefusals,
  http: httpRefusals,
  ledger: ledgerRefusals,
  lines: linesRefusals,
  money: moneyRefusals,
  notices: noticesRefusals,
  orders: ordersRefusals,
  payments: paymentsRefusals,
  people: peopleRefusals,
  sims: simsRefusals,
};

export async function listRefusals(): Promise<string> {
  const texts: Readonly<Record<string, string>> = catalogues.en;
  const blocks = Object.entries(REFUSALS).flatMap(([folder, catalogue]) => {
    const rows = Object.entries(catalogue).map(([name, { status, operator }]) => [
      code(name),
      String(status),
      operator,
      texts[`refusal.${name}`] ?? '',
    ]);
    return [`## ${folder}`, table(['code', 'HTTP', 'the operator reads', 'the customer reads'], rows)];
  });
  return page(
    'Refusals',
    'An expected "no", declared in the `refusals.ts` of its folder; its texts in four languages in platform/messages.',
    ...blocks,
  );
}
