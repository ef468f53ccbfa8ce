export {
  type Action,
  ALLOWED,
  ALLOWED_ON_PERSON,
  type Asker,
  actorOf,
  PERSON_ACTIONS,
  type PersonAction,
  type PersonStanding,
  type Standing,
} from './access.ts';
export { allowedAccounts, allowedPeople, requireAccess, requireStanding, standingsOf } from './decide-access.ts';
export { askLink, type Linked, linkByActivationCode, linkByCode } from './link-line.ts';
export { type LookUpRefusal, lookUpNumber } from './look-up-number.ts';
export {
  changeMember,
  type LineOfPerson,
  type ListedMember,
  leaveAccount,
  linesOfPerson,
  listMembers,
  type RoleChange,
} from './manage-members.ts';
export { holderOf, readContact, readSignInName } from './read-contact.ts';
export { forgetLookUps, LOOK_UP_LIMITS, type LookUpLimits } from './spend-look-up.ts';
