/**
 * Nobody learns by waiting whether a name is known: for known and unknown names the house does the same work, statement by
 * statement and hash by hash. Time itself is not looked at: a test of it proves nothing on a busy machine.
 */
import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { test } from 'node:test';
import { createSelfCare } from '#channels/self-care';
import { type Connection, type ConnectionSource, createDatabase } from '#platform/database';
import { doorHouse, READER, shown } from '#tests/doors';
import { codeSent } from '#tests/people';

/** The statements that go through, by name, in their order. */
function counting(source: ConnectionSource, names: string[]): ConnectionSource {
  const over = (connection: Connection): Connection => ({
    begin: () => connection.begin(),
    commit: () => connection.commit(),
    rollback: () => connection.rollback(),
    release: (broken) => connection.release(broken),
    query(statement, parameters) {
      names.push(statement.name);
      return connection.query(statement, parameters);
    },
  });
  return { acquire: async () => over(await source.acquire()), close: () => source.close() };
}

test('a name that is known costs the same statements and hashes as one that is not, whatever is asked with it [ID-2, ID-3]', async (t) => {
  const doors = await doorHouse(t);
  const statements: string[] = [];
  let hashes = 0;
  const hook = createHook({
    init(_, type) {
      if (type === 'SCRYPTREQUEST') hashes += 1;
    },
  }).enable();
  t.after(() => void hook.disable());
  const house = { ...doors.house, database: createDatabase(counting(doors.source, statements)) };
  const { cache: catalog, sealer, watch, renderReceipt } = doors;
  const { person, terms } = createSelfCare({
    house,
    catalog,
    sealer,
    watch,
    renderReceipt,
    paymentOrigins: [],
    publicUrl: 'https://northwind.example',
  });
  const asking = { request: shown(await person.askEntry(READER, { contact: 'lin@example.com' })).request };
  const entered = shown(
    await person.enterByCode(READER, { ...asking, code: await codeSent({ ...doors.tools, sealer }, 'lin@example.com') }),
  );
  assert.ok('ticket' in entered);
  const { version } = await terms('en');
  shown(await person.signUp(READER, { ticket: entered.ticket, name: 'Lin', password: 'correct horse battery', acceptedTerms: version }));
  const workOf = async (work: () => Promise<unknown>): Promise<{ statements: string[]; hashes: number }> => {
    statements.length = 0;
    hashes = 0;
    await work();
    return { statements: [...statements], hashes };
  };
  const wrong = 'none of the passwords anybody has';
  const ways: Readonly<Record<string, readonly [number, (name: string) => Promise<unknown>]>> = {
    'a wrong password': [1, (name) => person.signInByPassword(READER, { name, password: wrong })],
    'a code to sign in or up': [0, (contact) => person.askEntry(READER, { contact })],
    'a code to choose a new password': [0, (contact) => person.askReset(READER, { contact })],
    'a new password with a wrong code': [
      1,
      async (contact) => {
        const { request } = shown(await person.askReset(READER, { contact }));
        return person.resetPassword(READER, { request, code: 'wrong', password: wrong, lostDevice: false });
      },
    ],
  };
  for (const [what, [hashed, way]] of Object.entries(ways)) {
    const known = await workOf(() => way('lin@example.com'));
    assert.ok(known.statements.length > 0, what);
    assert.equal(known.hashes, hashed, `${what}: password hashes`);
    assert.deepEqual(await workOf(() => way('nobody@example.com')), known, what);
  }
});
