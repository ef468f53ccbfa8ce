/** The seam of a person (channels/web, person-use-cases.ts) on the house. */
import type { Asker, PersonUseCases, RefusalView } from '#channels/web';
import type { Desk } from '../desk.ts';
import * as change from './change-security.ts';
import * as enter from './enter.ts';
import * as lines from './lines-of-person.ts';
import * as prove from './prove.ts';
import * as security from './read-security.ts';
import * as settings from './settings.ts';

type Open = <Who extends Asker, Request, View>(
  work: (desk: Desk, asker: Who, request: Request) => Promise<View | RefusalView>,
) => (asker: Who, request: Request) => Promise<View | RefusalView>;

/** `open` begins each with the catalogue as it is now. */
export function createPerson(desk: Desk, open: Open): PersonUseCases {
  return {
    readSignIn: (secret) => enter.readMark(desk, secret),
    askEntry: open(enter.askEntry),
    enterByCode: open(enter.enter),
    signUp: open(enter.signUpPerson),
    signInByPassword: open(enter.enterByPassword),
    askPasskey: (asker) => open(enter.askPasskey)(asker, undefined),
    signInByPasskey: open(enter.enterByPasskey),
    signInByLink: open(enter.enterByLink),
    askReset: open(enter.askReset),
    resetPassword: open(enter.reset),
    signOut: (asker) => enter.signOut(desk, asker),
    readProof: (asker) => prove.readProof(desk, asker),
    askProof: open(prove.sendProof),
    proveByCode: open(prove.proveCode),
    proveByPassword: open(prove.provePassword),
    askPasskeyProof: (asker) => open(prove.askPasskeyProof)(asker, undefined),
    proveByPasskey: open(prove.provePasskey),
    readSecurity: (asker) => open(security.readSecurity)(asker, undefined),
    endSignIns: open(security.endSignIns),
    setPassword: open(change.choosePassword),
    askNewPasskey: (asker) => open(change.askNewPasskey)(asker, undefined),
    addPasskey: open(change.keepPasskey),
    removePasskey: open(change.dropPasskey),
    askContactChange: open(change.askNewContact),
    changeContact: open(change.takeContact),
    removeContact: open(change.dropContact),
    readSettings: (asker) => settings.readSettings(desk, asker),
    changeProfile: open(settings.writeProfile),
    setUserName: open(settings.chooseUserName),
    setNotices: open(settings.setNotices),
    forgetMethod: open(settings.forgetMethod),
    myLines: (asker) => lines.myLines(desk, asker),
    askLink: open(lines.sendLink),
    linkByCode: open(lines.linkByCodeTyped),
    linkByActivationCode: open(lines.linkByCard),
    readMembers: (asker, request) => open(lines.readMembers)(asker, request),
    changeMember: open(lines.changeRole),
    leaveAccount: open(lines.leave),
  };
}
