/** What somebody is called, reads and hears. */
import type { NoticeChannel, NoticeTopic, PersonUseCases, RefusalView, SettingsView, SignedInAsker } from '#channels/web';
import { readPersonPreferences, setPersonPreference } from '#domain/notices';
import { listSavedMethods, removeSavedMethod } from '#domain/payments';
import { changeProfile, namesOfPerson, readPerson, setUserName } from '#domain/people';
import { parseId } from '#platform/ids';
import { isRefusal, Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { savedView } from '../show-method.ts';
import { DONE, type Done, done, tellPerson, toolsOf } from './person-desk.ts';

type Request<Name extends keyof PersonUseCases> = Parameters<PersonUseCases[Name]>[1];
type Outcome = Promise<Done | RefusalView>;

const TOPICS: readonly NoticeTopic[] = ['payment', 'data', 'plan', 'number', 'balance'];
const CHANNELS: readonly NoticeChannel[] = ['mail', 'sms', 'push'];

export async function readSettings({ house }: Desk, { signIn, language }: SignedInAsker): Promise<SettingsView> {
  const { personId } = signIn;
  const [person, names, preferences, methods] = await Promise.all([
    readPerson(house.database, personId),
    namesOfPerson(house.database, personId),
    readPersonPreferences(house.database, personId),
    listSavedMethods(house.database, personId),
  ]);
  return {
    name: person?.name ?? '',
    userName: names.find(({ kind }) => kind === 'user_name')?.value ?? '',
    language: person?.language ?? language,
    notices: TOPICS.map((topic) => ({
      topic,
      choices: CHANNELS.map((channel) => ({ topic, channel, wanted: preferences[topic][channel] })),
    })),
    methods: methods.map((method) => savedView(language, method)),
  };
}

export async function writeProfile(desk: Desk, { signIn }: SignedInAsker, profile: Request<'changeProfile'>): Outcome {
  await changeProfile(toolsOf(desk), signIn, profile);
  return DONE;
}

export async function chooseUserName(desk: Desk, asker: SignedInAsker, { userName }: Request<'setUserName'>): Outcome {
  const chosen = await setUserName(toolsOf(desk), asker.signIn, userName);
  return isRefusal(chosen) ? tellPerson(chosen, asker, 'user_name') : DONE;
}

/** What is switched on first: an essential topic that changes its channel is never without one. */
export async function setNotices({ house }: Desk, asker: SignedInAsker, choices: Request<'setNotices'>): Outcome {
  const { personId } = asker.signIn;
  const before = await readPersonPreferences(house.database, personId);
  const changed = choices.filter(({ topic, channel, wanted }) => before[topic][channel] !== wanted);
  for (const choice of changed.toSorted((one, other) => Number(other.wanted) - Number(one.wanted))) {
    const set = await setPersonPreference(house, { personId, ...choice });
    if (isRefusal(set)) return done(set, asker);
  }
  return DONE;
}

export async function forgetMethod({ house }: Desk, asker: SignedInAsker, { method }: Request<'forgetMethod'>): Outcome {
  const savedMethodId = parseId('mth', method);
  if (savedMethodId === undefined) return tellPerson(new Refusal('payments.saved_method_unknown'), asker);
  return done(await removeSavedMethod(house, { personId: asker.signIn.personId, savedMethodId }), asker);
}
