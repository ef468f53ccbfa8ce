export {
  addPasskey,
  beginPasskey,
  type KeptPasskey,
  listPasskeys,
  type Passkey,
  type PasskeyCreation,
  removePasskey,
} from './add-passkey.ts';
export { addMember, addPerson, dropMember, membershipsOf, membersOf, ownerOf, readPerson, roleOf } from './add-person.ts';
export { askCode, CODE_SEAL, type CodeAsked, type CodeFacts, type CodePurpose, type CodeRequest } from './ask-code.ts';
export { askContactChange, changeContact, changeProfile, removeContact, setUserName } from './change-contact.ts';
export { PASSWORD_LENGTH, type PasswordRefusal } from './check-password.ts';
export { claimContacts, LOST } from './claim-name.ts';
export { endOtherSignIns, endSignIn } from './end-sign-in.ts';
export { type Entered, enterByCode } from './enter-by-code.ts';
export { forgetSpent } from './forget-spent.ts';
export { nameDevice } from './name-device.ts';
export type {
  Contact,
  From,
  KnownName,
  Member,
  Membership,
  PeopleTools,
  Person,
  Role,
  SignedIn,
  SignIn,
  SignInName,
  Way,
} from './people.ts';
export { askProof, isProved, proveByCode, proveByPassword, requireProof } from './prove-again.ts';
export { readEmail, readUserName } from './read-name.ts';
export { type Acceptance, readAcceptances } from './read-terms.ts';
export { type ChangeFacts, namesOfPerson, requireCooledOff, type ToldChange, tellChange, writeChange } from './record-change.ts';
export { type CodeRefusal, type CodeTyped, redeemCode } from './redeem-code.ts';
export { type RelyingParty, relyingPartyAt } from './relying-party.ts';
export { type PasswordReset, resetPassword, setPassword } from './set-password.ts';
export { issueSignInLink, listSignIns, personSignedIn, readSignIn, signInByLink } from './sign-in.ts';
export { beginPasskeyProof, beginPasskeySignIn, type PasskeyQuestion, proveByPasskey, signInByPasskey } from './sign-in-by-passkey.ts';
export { type PasswordTry, signInByPassword } from './sign-in-by-password.ts';
export { type SignUp, signUp } from './sign-up.ts';
export { spendTry } from './spend-budget.ts';
export { readPassword } from './write-password.ts';
