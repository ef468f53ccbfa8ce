export { codeSent, codesSent, FROM, newSignIn, type PeopleTest, peopleTest, reenter, signInOf, told, trailOf } from './sign-up-person.ts';
export { createAuthenticator, type SoftwareAuthenticator } from './software-authenticator.ts';
