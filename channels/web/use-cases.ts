/**
 * The seam: all that a page may ask of the house. The wiring (`apps/`) builds one from the domain and hands it to
 * `mountWeb`; the pages know no domain folder, no table, no provider. Every answer is a view or a refusal in the
 * reader's words; an outage throws, and the reader gets the page that says so.
 */
import type { Language } from '#platform/messages';
import type { LineUseCases } from './line-use-cases.ts';
import type { PersonUseCases } from './person-use-cases.ts';
import type { SignInMark } from './person-views.ts';
import type {
  BrandView,
  ClockView,
  DocumentView,
  FileView,
  GuestLineView,
  OrderView,
  OutboxView,
  QuoteView,
  ReceiptView,
  RefusalView,
  TryNumberView,
} from './views.ts';

type Answer<View> = Promise<View | RefusalView>;

/** Who asks: the language to answer in, and where the request came from (for budgets, never shown or kept in clear). */
export type Asker = {
  readonly language: Language;
  readonly source: string;
  /** What the browser says of itself (User-Agent), for the list of sign-ins. */
  readonly device?: string;
  /** Whoever is signed in; a guest without. */
  readonly signIn?: SignInMark;
};
/** Whoever asks what only somebody signed in may. */
export type SignedInAsker = Asker & { readonly signIn: SignInMark };

/** An offer's `item`, or an amount of money as it was typed ("25", "25.50", "1,000"). */
export type Choice = { readonly item: string } | { readonly typedAmount: string };

export type PlaceRequest = {
  readonly quoteSecret: string;
  readonly key: string;
  /** `MethodView.code` */
  readonly method: string;
  /** For next time, where it is a new one and its provider can. */
  readonly keepMethod?: boolean;
  /** The version that stood on the page above the button. */
  readonly acceptedTerms: string;
  readonly email?: string;
};

export interface SelfCareUseCases {
  /** Whether there is an operator to speak for; without one, no page is shown and nothing else is asked. Asked for every page: from memory. */
  isSetUp(): Promise<boolean>;
  /** Asked for every page: from memory. */
  brand(language: Language): Promise<BrandView>;

  /** Reads what people type. A ref is opaque, URL-safe, at most 200 characters, good for about half an hour. */
  findLine(asker: Asker, request: { readonly number: string }): Answer<{ readonly ref: string }>;
  /** Masked number, present plan, prices; nothing else about the line or its owner (ID-6). */
  readLine(asker: Asker, request: { readonly ref: string }): Answer<GuestLineView>;

  quote(asker: Asker, request: { readonly ref: string; readonly choices: readonly Choice[] }): Answer<{ readonly secret: string }>;
  readQuote(asker: Asker, request: { readonly secret: string }): Answer<QuoteView>;

  /** `next`: the provider's page (absolute), or undefined when nothing more has to be done than watch the order. */
  place(asker: Asker, request: PlaceRequest): Answer<{ readonly orderSecret: string; readonly next?: string }>;
  /** Also asked by the live page, about once a second: some index look-ups, no outside call. */
  readOrder(asker: Asker, request: { readonly secret: string }): Answer<OrderView>;
  payAgain(
    asker: Asker,
    request: { readonly secret: string; readonly key: string; readonly method: string; readonly keepMethod?: boolean },
  ): Answer<{ readonly orderSecret: string; readonly next?: string }>;
  /** Only before it is paid; a paid order is refunded by rule, elsewhere. */
  cancelOrder(asker: Asker, request: { readonly secret: string; readonly key: string }): Answer<{ readonly orderSecret: string }>;

  readReceipt(asker: Asker, request: { readonly secret: string }): Answer<ReceiptView>;
  /** In the asker's language, with real Chinese glyphs. */
  receiptPdf(asker: Asker, request: { readonly secret: string }): Answer<FileView>;

  terms(language: Language): Promise<DocumentView>;
  privacy(language: Language): Promise<DocumentView>;

  /** Signing in, and what is a person's own. */
  readonly person: PersonUseCases;
  /** Lines of whoever is signed in. */
  readonly lines: LineUseCases;

  /** Absent outside demonstration; the pages also refuse it to anybody not on this machine. */
  readonly demonstration?: DemonstrationUseCases;
}

export interface DemonstrationUseCases {
  /** Lines worth trying, each with a sentence about its state. */
  tryNumbers(language: Language): Promise<readonly TryNumberView[]>;
  /** Newest first, about thirty; `olderThan` goes on from there. */
  outbox(asker: Asker, request: { readonly olderThan?: string }): Promise<OutboxView>;
  clock(asker: Asker): Promise<ClockView>;
  /** `by` as on the command line: "+1h", "+3d"; what falls due in between is done before it answers. */
  moveClock(asker: Asker, request: { readonly by: string }): Answer<ClockView>;
}
