/** Saved methods are a person's (words.md): whichever account they pay for, and gone from it when they forget one. */
import { writeChange } from '#domain/people';
import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { Attempt, SavedMethod } from './payment.ts';
import type { MethodUsed, Providers } from './provider.ts';
import { providerOf } from './provider-of.ts';
import { refuse } from './refusals.ts';

type SavedRow = SavedMethod & { readonly customerReference: string };
type SavedKey = { slot: number; personId: bigint; savedMethodId: bigint };
const listRows = statement<{ slot: number; personId: bigint }, SavedRow>(import.meta.dirname, 'list-saved-methods');
const readRow = statement<SavedKey, SavedRow>(import.meta.dirname, 'read-saved-method');
const saveRow = statement<SavedRow & { slot: number }>(import.meta.dirname, 'save-method');
const forgetRow = statement<SavedKey & { transportAt: Date }, SavedRow>(import.meta.dirname, 'forget-saved-method');
const keepCustomerRow = statement<{ slot: number; personId: bigint; provider: string; customerReference: string }>(
  import.meta.dirname,
  'keep-customer',
);

/** What a person can be charged by without a page, oldest first. */
export async function listSavedMethods(queries: Queries, personId: bigint): Promise<SavedMethod[]> {
  return (await queries.query(listRows, { slot: slotOf(personId), personId })).map(withoutCustomer);
}

export function readSavedMethod(queries: Queries, personId: bigint, savedMethodId: bigint): Promise<SavedRow | undefined> {
  return queries.maybe(readRow, { slot: slotOf(personId), personId, savedMethodId });
}

/**
 * Takes a method out of a person's list; `detachMethod` then makes it unusable at the provider, after the commit.
 * Refuses `payments.saved_method_unknown`.
 */
export async function forgetSavedMethod(
  tx: Transaction,
  forget: { readonly personId: bigint; readonly savedMethodId: bigint; readonly transportAt: Date },
): Promise<SavedMethod | Refusal<'payments.saved_method_unknown'>> {
  const { personId, savedMethodId, transportAt } = forget;
  const row = await tx.maybe(forgetRow, { slot: slotOf(personId), personId, savedMethodId, transportAt });
  return row ? withoutCustomer(row) : refuse('payments.saved_method_unknown');
}

/** Forgotten by its person: out of the list with an entry in their trail (S4), then unusable at the provider. Refuses `payments.saved_method_unknown`. */
export async function removeSavedMethod(
  tools: Tools & { readonly providers: Providers },
  { personId, savedMethodId }: { readonly personId: bigint; readonly savedMethodId: bigint },
): Promise<undefined | Refusal<'payments.saved_method_unknown'>> {
  const method = await tools.database.transaction(async (tx) => {
    const forgotten = await forgetSavedMethod(tx, { personId, savedMethodId, transportAt: tools.clock.transport() });
    if (isRefusal(forgotten)) return forgotten;
    const { kind, brand, last4 } = forgotten;
    writeChange(tools, tx, { personId, action: 'payments.forget_method', before: { kind, brand, last4 } });
    return forgotten;
  });
  if (isRefusal(method)) return method;
  await detachMethod(tools.providers, method);
  return undefined;
}

/** Outside call. False when the provider did not confirm: it is out of the list all the same, and is never charged by us. */
export function detachMethod(providers: Providers, method: SavedMethod): Promise<boolean> {
  return providerOf(providers, method.provider).forgetMethod(method.reference);
}

/** Keeps what a success says about the payer: their customer at the provider, and the method if they asked to save it. */
export function keepMethod(
  tools: Pick<Tools, 'mintId'>,
  tx: Transaction,
  paid: { readonly attempt: Attempt; readonly method: MethodUsed | undefined; readonly transportAt: Date },
): void {
  const { attempt, method } = paid;
  const { personId, provider } = attempt;
  const customerReference = attempt.handles.customer;
  // A saved method is of a customer that is known already.
  if (personId === null || customerReference === undefined || attempt.way === 'saved') return;
  const slot = slotOf(personId);
  tx.write(keepCustomerRow, { slot, personId, provider, customerReference });
  if (attempt.saveMethod && method?.savedMethodReference !== undefined) {
    tx.write(saveRow, {
      ...{ slot, personId, provider, customerReference, kind: method.kind },
      savedMethodId: tools.mintId(slot),
      reference: method.savedMethodReference,
      brand: method.brand ?? null,
      last4: method.last4 ?? null,
      expires: method.expires ?? null,
      savedAt: paid.transportAt,
    });
  }
}

function withoutCustomer({ customerReference: _, ...method }: SavedRow): SavedMethod {
  return method;
}
