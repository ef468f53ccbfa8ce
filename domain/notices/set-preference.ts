import { writeChange } from '#domain/people';
import { type Queries, statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import { encodeJson } from '#platform/json';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { Channel, Topic } from './notices.ts';
import { type Chosen, layChosen, leavesEssentials, type Preferences, preferencesFrom } from './preferences.ts';
import { refuse } from './refusals.ts';

type AccountKey = { readonly slot: number; readonly accountId: bigint };
const insertRow = statement<AccountKey>(import.meta.dirname, 'insert-preference');
const lockRow = statement<AccountKey>(import.meta.dirname, 'lock-preference');
const readRow = statement<AccountKey, { chosen: Chosen }>(import.meta.dirname, 'read-preference');
const updateRow = statement<AccountKey & { chosen: string }>(import.meta.dirname, 'update-preference');

/** What an account is told on which channel: its choices over the defaults; over them what its reader chose, who may have several. */
export async function readPreferences(queries: Queries, { slot, accountId }: AccountKey, personId?: bigint): Promise<Preferences> {
  const [ofAccount, ofPerson] = await Promise.all([
    queries.maybe(readRow, { slot, accountId }),
    personId === undefined ? undefined : queries.maybe(readRow, placeOf(personId)),
  ]);
  return preferencesFrom(layChosen(ofAccount?.chosen ?? {}, ofPerson?.chosen ?? {}));
}

/** What a person hears, of all lines they own or pay for. */
export function readPersonPreferences(queries: Queries, personId: bigint): Promise<Preferences> {
  return readPreferences(queries, placeOf(personId));
}

/** A person's own choices stand where an account's do, under the person's id. */
function placeOf(personId: bigint): AccountKey {
  return { slot: slotOf(personId), accountId: personId };
}

export type Preference = AccountKey & { readonly topic: Topic; readonly channel: Channel; readonly wanted: boolean };

type MustStay = Refusal<'notices.one_channel_must_stay'>;

/** Gives all preferences as they are then. Refuses `notices.one_channel_must_stay` where payment or number news would go nowhere. */
export function setPreference(tools: Tools, preference: Preference): Promise<Preferences | MustStay> {
  return tools.database.transaction((tx) => choose(tx, preference));
}

/** The same for a person, with its entry in their trail (S4). */
export function setPersonPreference(
  tools: Tools,
  { personId, ...choice }: Pick<Preference, 'topic' | 'channel' | 'wanted'> & { readonly personId: bigint },
): Promise<Preferences | MustStay> {
  return tools.database.transaction(async (tx) => {
    const preferences = await choose(tx, { ...placeOf(personId), ...choice });
    if (!isRefusal(preferences)) writeChange(tools, tx, { personId, action: 'notices.set_preference', after: choice });
    return preferences;
  });
}

async function choose(tx: Transaction, { slot, accountId, topic, channel, wanted }: Preference): Promise<Preferences | MustStay> {
  const key = { slot, accountId };
  await tx.query(insertRow, key);
  // Two who each switch off another channel meet here: the second sees what the first left.
  await tx.query(lockRow, key);
  const { chosen } = await tx.one(readRow, key);
  const next: Chosen = { ...chosen, [topic]: { ...chosen[topic], [channel]: wanted } };
  const preferences = preferencesFrom(next);
  if (!leavesEssentials(preferences)) return refuse('notices.one_channel_must_stay');
  await tx.query(updateRow, { ...key, chosen: encodeJson(next) });
  return preferences;
}
