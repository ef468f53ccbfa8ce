/** The pages' use cases on a whole house, and a guest who has found a line. */
import assert from 'node:assert/strict';
import { createSelfCare } from '#channels/self-care';
import type { Asker, QuoteView, RefusalView, SelfCareUseCases } from '#channels/web';
import { activeLine, stateOf } from '#tests/house';
import { type DoorHouse, doorHouse } from './door-house.ts';

export const READER: Asker = { language: 'en', source: '198.51.100.7' };

const SIGNED_IN_AT = new Date('2026-11-02T17:00:00Z');
const SIGN_IN = { secret: '', signInId: 1n, way: 'link', device: '', source: '' } as const;
const TIMES = { createdAt: SIGNED_IN_AT, seenAt: SIGNED_IN_AT, provedAt: SIGNED_IN_AT } as const;

/** The same reader, signed in as somebody. */
export function readerWho({ personId }: { readonly personId: bigint }): Asker {
  return { ...READER, signIn: { ...SIGN_IN, ...TIMES, personId } };
}

type View<Answer> = Exclude<Answer, RefusalView>;

/** The view, when it must not be a refusal. */
export function shown<Answer extends object>(answer: Answer): View<Answer> {
  assert.ok(!('refused' in answer), 'refused' in answer ? JSON.stringify(answer) : '');
  return answer as View<Answer>;
}

/** The refusal that an answer must be. */
export function refused(answer: object): RefusalView {
  assert.ok('refused' in answer, 'to be refused');
  return answer as RefusalView;
}

export function selfCareOf({ house, cache, sealer, watch, renderReceipt, simulator }: DoorHouse): SelfCareUseCases {
  return createSelfCare({
    house,
    catalog: cache,
    sealer,
    watch,
    renderReceipt,
    paymentOrigins: [simulator.url],
    publicUrl: 'https://northwind.example',
  });
}

export type Pages = Awaited<ReturnType<typeof openPages>>;

/** An active line, found by its number: `ref`. */
export async function openPages(t: { after(end: () => Promise<void>): void }) {
  const doors = await doorHouse(t);
  const care = selfCareOf(doors);
  const line = await activeLine(doors);
  const { number } = (await stateOf(doors, line)).line;
  const { ref } = shown(await care.findLine(READER, { number }));
  return { ...doors, care, line, number, ref };
}

/** Chooses one thing and comes to its review. */
export async function review({ care, ref }: Pick<Pages, 'care' | 'ref'>, item: string): Promise<QuoteView> {
  const { secret } = shown(await care.quote(READER, { ref, choices: [{ item }] }));
  return shown(await care.readQuote(READER, { secret }));
}

/** Presses "pay", by card; what it gives may be a refusal. */
export function pressPay({ care }: Pick<Pages, 'care'>, quote: QuoteView, email?: string): ReturnType<SelfCareUseCases['place']> {
  const { secret: quoteSecret, key, termsVersion: acceptedTerms } = quote;
  return care.place(READER, { quoteSecret, key, method: 'card', acceptedTerms, ...(email === undefined ? {} : { email }) });
}
