import { type Queries, statement } from '#platform/database';
import { encodeJson } from '#platform/json';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { Channel, Topic } from './notices.ts';
import { type Chosen, leavesEssentials, type Preferences, preferencesFrom } from './preferences.ts';
import { refuse } from './refusals.ts';

type AccountKey = { readonly slot: number; readonly accountId: bigint };
const insertRow = statement<AccountKey>(import.meta.dirname, 'insert-preference');
const lockRow = statement<AccountKey>(import.meta.dirname, 'lock-preference');
const readRow = statement<AccountKey, { chosen: Chosen }>(import.meta.dirname, 'read-preference');
const updateRow = statement<AccountKey & { chosen: string }>(import.meta.dirname, 'update-preference');

/** What an account is told on which channel: its choices over the defaults. */
export async function readPreferences(queries: Queries, { slot, accountId }: AccountKey): Promise<Preferences> {
  return preferencesFrom((await queries.maybe(readRow, { slot, accountId }))?.chosen ?? {});
}

export type Preference = AccountKey & { readonly topic: Topic; readonly channel: Channel; readonly wanted: boolean };

/** Gives all preferences as they are then. Refuses `notices.one_channel_must_stay` where payment or number news would go nowhere. */
export function setPreference(tools: Tools, preference: Preference): Promise<Preferences | Refusal<'notices.one_channel_must_stay'>> {
  const { slot, accountId, topic, channel, wanted } = preference;
  const key = { slot, accountId };
  return tools.database.transaction(async (tx) => {
    await tx.query(insertRow, key);
    // Two who each switch off another channel meet here: the second sees what the first left.
    await tx.query(lockRow, key);
    const { chosen } = await tx.one(readRow, key);
    const next: Chosen = { ...chosen, [topic]: { ...chosen[topic], [channel]: wanted } };
    const preferences = preferencesFrom(next);
    if (!leavesEssentials(preferences)) return refuse('notices.one_channel_must_stay');
    await tx.query(updateRow, { ...key, chosen: encodeJson(next) });
    return preferences;
  });
}
