/** The seam of signing in and of what is a person's own: what its pages may ask. Refusals are in the reader's words. */
import type { Language } from '#platform/messages';
import type {
  CodeSentView,
  ContactKind,
  LinkedView,
  MemberRole,
  MembersView,
  MyLineView,
  NewHereView,
  NoticeChoice,
  PasskeyQuestionView,
  ProofView,
  SecurityView,
  SettingsView,
  SignedInView,
  SignInMark,
} from './person-views.ts';
import type { Asker, SignedInAsker } from './use-cases.ts';
import type { RefusalView } from './views.ts';

type Answer<View> = Promise<View | RefusalView>;
/** Nothing but that it is done. */
type Done = Record<string, never>;
/** `request` as `CodeSentView` gave it, and what was typed. */
export type TypedCode = { readonly request: string; readonly code: string };
/** The JSON of the device's answer, unread. */
type PasskeyAnswer = { readonly answer: string };

export interface PersonUseCases {
  /** The sign-in behind a browser's secret; undefined when none is in force. Asked for every page of who holds one. */
  readSignIn(secret: string): Promise<SignInMark | undefined>;

  /** The same answer and work whether anybody is known by the contact or not. */
  askEntry(asker: Asker, request: { readonly contact: string }): Answer<CodeSentView>;
  enterByCode(asker: Asker, typed: TypedCode): Answer<SignedInView | NewHereView>;
  signUp(asker: Asker, request: SignUpRequest): Answer<SignedInView>;
  signInByPassword(asker: Asker, request: { readonly name: string; readonly password: string }): Answer<SignedInView>;
  askPasskey(asker: Asker): Answer<PasskeyQuestionView>;
  signInByPasskey(asker: Asker, request: PasskeyAnswer): Answer<SignedInView>;
  /** By the code of a sign-in link, once. */
  signInByLink(asker: Asker, request: { readonly code: string }): Answer<SignedInView>;
  askReset(asker: Asker, request: { readonly contact: string }): Answer<CodeSentView>;
  resetPassword(asker: Asker, request: ResetRequest): Answer<SignedInView>;
  signOut(asker: SignedInAsker): Promise<Done>;

  readProof(asker: SignedInAsker): Answer<ProofView>;
  askProof(asker: SignedInAsker, request: { readonly kind: ContactKind }): Answer<CodeSentView>;
  proveByCode(asker: SignedInAsker, typed: TypedCode): Answer<Done>;
  proveByPassword(asker: SignedInAsker, request: { readonly password: string }): Answer<Done>;
  askPasskeyProof(asker: SignedInAsker): Answer<PasskeyQuestionView>;
  proveByPasskey(asker: SignedInAsker, request: PasskeyAnswer): Answer<Done>;

  readSecurity(asker: SignedInAsker): Answer<SecurityView>;
  /** One by its id; all others without. */
  endSignIns(asker: SignedInAsker, request: { readonly id?: string }): Answer<Done>;
  setPassword(asker: SignedInAsker, request: { readonly password: string }): Answer<Done>;
  askNewPasskey(asker: SignedInAsker): Answer<PasskeyQuestionView>;
  addPasskey(asker: SignedInAsker, request: PasskeyAnswer & { readonly label: string }): Answer<Done>;
  removePasskey(asker: SignedInAsker, request: { readonly id: string }): Answer<Done>;
  askContactChange(asker: SignedInAsker, request: { readonly contact: string }): Answer<CodeSentView>;
  changeContact(asker: SignedInAsker, typed: TypedCode): Answer<Done>;
  removeContact(asker: SignedInAsker, request: { readonly kind: ContactKind }): Answer<Done>;

  readSettings(asker: SignedInAsker): Answer<SettingsView>;
  changeProfile(asker: SignedInAsker, request: { readonly name: string; readonly language: Language }): Answer<Done>;
  setUserName(asker: SignedInAsker, request: { readonly userName: string }): Answer<Done>;
  setNotices(asker: SignedInAsker, choices: readonly NoticeChoice[]): Answer<Done>;

  /** `method`: a `MethodView.code` of the settings. */
  forgetMethod(asker: SignedInAsker, request: { readonly method: string }): Answer<Done>;

  myLines(asker: SignedInAsker): Answer<readonly MyLineView[]>;
  /** Sends a code to the line itself. */
  askLink(asker: SignedInAsker, request: { readonly number: string }): Answer<CodeSentView>;
  linkByCode(asker: SignedInAsker, typed: TypedCode): Answer<LinkedView>;
  linkByActivationCode(asker: SignedInAsker, request: { readonly activationCode: string }): Answer<LinkedView>;
  readMembers(asker: SignedInAsker, request: { readonly account: string }): Answer<MembersView>;
  /** `role` undefined removes them. */
  changeMember(asker: SignedInAsker, request: MemberRequest): Answer<Done>;
  leaveAccount(asker: SignedInAsker, request: { readonly account: string }): Answer<Done>;
}

export type SignUpRequest = {
  readonly ticket: string;
  /** The version that stood on the page beside the tick; '' without the tick. */
  readonly acceptedTerms: string;
  readonly name: string;
  readonly password: string;
};
export type ResetRequest = TypedCode & { readonly password: string; readonly lostDevice: boolean };
export type MemberRequest = { readonly account: string; readonly id: string; readonly role?: MemberRole };
