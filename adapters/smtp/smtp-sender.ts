/**
 * Implements `MailSender` of domain/notices over SMTP (RFC 5321) by nodemailer. The notice's id becomes the Message-ID, the same at
 * every try: a receiver that knows it can drop the second copy. What that does not cover stands in the README.
 */

import { createTransport } from 'nodemailer';
import type { Mail, MailSender, SendOutcome } from '#domain/notices';
import { formatId } from '#platform/ids';

export type SmtpOptions = {
  /** `smtp://host:25`, `smtps://user:password@host:465`; nodemailer's query parameters are understood. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  /** How long one mail may take in all; below half of the notices' lease. */
  readonly sendMsMax?: number;
};

export type SmtpSender = MailSender & {
  /** Ends idle connections; what is under way is finished. */
  close(): void;
};

const CONNECTIONS_MAX = 3;
const ANSWER_MS_MAX = 10_000;
const SEND_MS_MAX = 30_000;

/** Throws at once, in plain words, when the URL or the sender's address is not one: a setting must not fail at the first mail. */
export function createSmtpSender({ url, from, sendMsMax = SEND_MS_MAX }: SmtpOptions): SmtpSender {
  const server = readUrl(url);
  if (!isOneAddress(from.address)) throw new Error(`The sender's address of mails is not an e-mail address: ${from.address}`);
  const transport = createTransport({
    pool: true,
    url,
    maxConnections: CONNECTIONS_MAX,
    // The pool would by itself send again what a lost connection may have delivered; the notices decide about a next try.
    maxRequeues: 0,
    connectionTimeout: ANSWER_MS_MAX,
    greetingTimeout: ANSWER_MS_MAX,
    socketTimeout: SEND_MS_MAX,
    // A password never travels in the clear, but to this machine.
    requireTLS: server.username !== '' && !isLoopback(server.hostname),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return {
    async send(mail) {
      if (!isOneAddress(mail.to)) return { kind: 'never', answer: `not an e-mail address: ${mail.to}` };
      try {
        const info = await transport.sendMail({ ...messageOf(mail, from, domain), signal: AbortSignal.timeout(sendMsMax) });
        return { kind: 'sent', answer: info.response };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '')
    throw new Error('SMTP_URL is not an address like smtps://user:password@mail.example.org:465');
  return url;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\./.test(host);
}

const ADDRESS_LENGTH_MAX = 254;

/** One mailbox and nothing else: no list, no name, no line break (RFC 5321 §4.1.2, without the quoted forms nobody has). */
function isOneAddress(text: string): boolean {
  return text.length <= ADDRESS_LENGTH_MAX && /^[^\s@<>(),;:\\"[\]\p{Cc}]+@[^\s@<>(),;:\\"[\]\p{Cc}]+$/u.test(text);
}

function messageOf(mail: Mail, from: SmtpOptions['from'], domain: string) {
  return {
    from,
    to: { name: '', address: mail.to },
    envelope: { from: from.address, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: `<${formatId('ntc', mail.noticeId)}@${domain}>`,
    // No answering machine answers it (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': mail.language },
  };
}

type SmtpError = Error & { readonly command?: string; readonly responseCode?: number; readonly response?: string };

/** Never: the server refuses for good (5yz) this recipient or this content. Everything else may be ours or pass: not now. */
function outcomeOf(error: unknown): SendOutcome {
  const { command, responseCode, response, message } = error as SmtpError;
  const isRefused = responseCode !== undefined && responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { kind: isRefused ? 'never' : 'not_now', answer: response ?? message };
}
