/** What pages are given of a person: who signs in, by what, where, and which lines are theirs. Plain data, as views.ts. */
import type { Language } from '#platform/messages';
import type { MethodView } from './views.ts';

/** A sign-in in force, as the use cases read it from its secret; pages carry it and give it back unread. Instants are transport time. */
export type SignInMark = {
  /** Ends when another sign-in takes its place in this browser. */
  readonly secret: string;
  readonly signInId: bigint;
  readonly personId: bigint;
  readonly way: 'code' | 'password' | 'passkey' | 'link';
  readonly device: string;
  readonly source: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly provedAt: Date;
};

/** A code left for `to`, written as people read it. `request` is the secret it works with: for the browser that asked, and no other. */
export type CodeSentView = { readonly request: string; readonly to: string };

/** A fresh sign-in's secret, told this once. */
export type SignedInView = { readonly secret: string };
/** Nobody is known by `to`: the ticket signs up, once. */
export type NewHereView = { readonly ticket: string; readonly to: string };

/** What a device's passkeys are asked (WebAuthn Level 3 §5.1), as JSON. */
export type PasskeyQuestionView = { readonly question: object };

export type ContactKind = 'email' | 'number';
export type ContactView = { readonly kind: ContactKind /** As people read it. */; readonly text: string };

export type SignInView = {
  /** Given back unread. */
  readonly id: string;
  /** "Chrome, Android"; '' where it said nothing we know. */
  readonly device: string;
  readonly way: SignInMark['way'];
  readonly since: Date;
  readonly lastSeen: Date;
  readonly isThisOne: boolean;
};

export type PasskeyView = {
  readonly id: string;
  readonly label: string;
  readonly synced: boolean;
  readonly since: Date;
  readonly lastUsed: Date | null;
};

export type SecurityView = {
  readonly zone: string;
  /** Whether changes may be made at once; else who it is has to be shown again first. */
  readonly proved: boolean;
  readonly contacts: readonly ContactView[];
  /** When it was chosen last; undefined when there is none. */
  readonly passwordSince?: Date;
  readonly passkeys: readonly PasskeyView[];
  readonly signIns: readonly SignInView[];
};

/** The ways in which this person can show that it is them. */
export type ProofView = { readonly contacts: readonly ContactView[]; readonly password: boolean; readonly passkey: boolean };

export type NoticeTopic = 'payment' | 'data' | 'plan' | 'number' | 'balance';
export type NoticeChannel = 'mail' | 'sms' | 'push';
export type NoticeChoice = { readonly topic: NoticeTopic; readonly channel: NoticeChannel; readonly wanted: boolean };

export type SettingsView = {
  readonly name: string;
  readonly userName: string;
  readonly language: Language;
  /** By topic, then by channel, each in the order it is shown. */
  readonly notices: readonly { readonly topic: NoticeTopic; readonly choices: readonly NoticeChoice[] }[];
  /** Kept for paying without a page. */
  readonly methods: readonly MethodView[];
};

export type MemberRole = 'owner' | 'user' | 'payer';

/** A line of somebody's; `account` is given back unread. */
export type MyLineView = { readonly account: string; readonly number: string; readonly role: MemberRole };

export type MemberView = {
  readonly id: string;
  readonly name: string | null;
  readonly role: MemberRole;
  readonly since: Date;
  readonly isMe: boolean;
};
export type MembersView = {
  readonly account: string;
  readonly numbers: readonly string[];
  readonly zone: string;
  readonly members: readonly MemberView[];
};
export type LinkedView = { readonly number: string; readonly role: MemberRole };
