/** Which tests prove which function of the mission: read from their names, where the ids stand in brackets. */
import { join } from 'node:path';
import { MISSIONS, namedTests } from '../tidy/cover-missions.ts';
import { openCheckout } from '../tidy/index.ts';
import { page, table } from './markdown.ts';

export async function listMissions(): Promise<string> {
  const tests = namedTests(openCheckout(join(import.meta.dirname, '../..')));
  const blocks = MISSIONS.flatMap((id) => {
    const rows = tests.filter((each) => each.missions.includes(id)).map(({ name, path }) => [name, `[${path}](../../${path})`]);
    return [`## ${id}`, rows.length === 0 ? 'No test yet.' : table(['the rule', 'tested in'], rows)];
  });
  return page('What proves which function', 'The functions of the mission, and the tests whose names carry them.', ...blocks);
}
