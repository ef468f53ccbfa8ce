export { addMember, addPerson, membershipsOf, ownerOf, readPerson, roleOf } from './add-person.ts';
export type { Membership, Person, Role } from './people.ts';
export { issueSignInLink, personSignedIn, signInByLink } from './sign-in.ts';
