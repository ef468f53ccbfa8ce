/**
 * The reference of a session whose peer does not name it (Nchf): the same for the same beginning while that session is open,
 * on any node and after a restart, and another one once it is over (reliability.md of the plan, G1).
 */
import { type Queries, statement } from '#platform/database';

const statesOfReferences = statement<{ peer: string; references: string[] }, { reference: string; state: 'open' | 'closed' }>(
  import.meta.dirname,
  'states-of-references',
);

const sessionsReplaced = statement<{ peer: string; reference: string; prefix: string; before: Date }, { reference: string }>(
  import.meta.dirname,
  'sessions-replaced',
);

/** Beginnings of the same name that are looked up at once; a name that has come oftener is looked up further. */
const AT_ONCE = 16;

/** `name`: what makes it the same beginning, already a digest. Two that meet get the same reference, and the claim of it decides. */
export async function nameReference(queries: Queries, { peer, name }: { peer: string; name: string }): Promise<string> {
  for (let first = 0; ; first += AT_ONCE) {
    const references = Array.from({ length: AT_ONCE }, (_, place) => `${name}.${first + place}`);
    const states = new Map((await queries.query(statesOfReferences, { peer, references })).map((row) => [row.reference, row.state]));
    const found = references.find((reference) => states.get(reference) !== 'closed');
    if (found !== undefined) return found;
  }
}

/**
 * Open sessions of the same peer and line whose references begin alike, and which began before: where what they are named by can
 * be but once at a time, the peer has lost them (G7).
 */
export async function replacedBy(
  queries: Queries,
  session: { readonly peer: string; readonly reference: string; readonly prefix: string; readonly before: Date },
): Promise<string[]> {
  return (await queries.query(sessionsReplaced, session)).map(({ reference }) => reference);
}
