/** What carries a core's requests to its charging system, whatever both speak. */
import type { AnsweredService } from './read-answer.ts';
import type { CoreRequest } from './write-request.ts';

export type CoreAnswer = {
  /** As Diameter numbers results, for both protocols. */
  readonly resultCode: number;
  readonly services: readonly AnsweredService[];
  /** The same for answers that mean the same, whatever identifiers they bear. */
  readonly meaning: string;
};

export type CoreOutcome = { readonly kind: 'answered'; readonly answer: CoreAnswer } | { readonly kind: 'unanswered' };

export type CoreLink = {
  readonly isConnected: boolean;
  /** Somebody has answered once: time may begin. */
  readonly isReady: boolean;
  /** Why there is no connection. */
  readonly trouble: string | undefined;
  /** Whether there is a connection, after the attempt under way; another attempt follows by itself. */
  connect(): Promise<boolean>;
  request(request: CoreRequest, isRetransmitted: boolean): Promise<CoreOutcome>;
  /** Falls over: nobody is told, and nothing comes again. */
  drop(): Promise<void>;
  close(): Promise<void>;
};

/** What the charging system asks of a session; false: there is none of this name. */
export type OnAsked = (what: 'reauthorise' | 'abort', sessionId: string) => boolean;
