/** A visitor for tests and scripts: does over HTTP what a person does on the hosted page, without a browser. */

export type Paid = {
  readonly status: number;
  /** Where the browser is sent: the shop's address after a success. */
  readonly location: string | undefined;
  /** The page's text when it is not a redirect. */
  readonly text: string;
};

export type PageAct =
  | { readonly card: string; readonly bank?: 'approve' | 'fail' | undefined }
  | { readonly choice: string; readonly bank?: 'approve' | 'fail' | undefined };

/** `pageUrl` is a checkout session's. When the bank or a wallet asks, `bank` is the answer; without one it is left there. */
export async function payOnPage(pageUrl: string, act: PageAct): Promise<Paid> {
  const form = 'card' in act ? { number: act.card, expires: '12/44', code: '123' } : { choice: act.choice };
  const first = await post(pageUrl, form);
  const asks = first.location !== undefined && /\/pay\/[^/]+\/approve/.test(first.location);
  if (!asks || act.bank === undefined || first.location === undefined) return first;
  const choice = 'choice' in act ? { choice: act.choice } : {};
  return post(first.location, { decision: act.bank, ...choice });
}

async function post(url: string, form: Readonly<Record<string, string>>): Promise<Paid> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  return { status: answer.status, location: answer.headers.get('location') ?? undefined, text: await answer.text() };
}
