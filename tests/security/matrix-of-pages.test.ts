/** Every page, file and form of the pages × everybody who may ask (S1): the endpoints are read from the routes. */
import { test } from 'node:test';
import { type PageAnswer, type PagesHouse, pagesHouse, type Visitor } from '#tests/doors';
import { LINE_PAGES } from './matrix/line-pages.ts';
import { OPEN_PAGES } from './matrix/open-pages.ts';
import { PERSON_PAGES } from './matrix/person-pages.ts';
import { type Door, tryMatrix } from './matrix/try-matrix.ts';
import { routesOfPages } from './pages-of-the-house.ts';

const endpoints = routesOfPages().flatMap(({ route, isRead, actions }) => [
  ...(isRead ? [`GET ${route}`] : []),
  ...actions.map((action) => `POST ${route}${action}`),
]);

test('every page, file and form gives every asker what is theirs and no more, and what is not theirs is not there [S1, ID-4, ID-6]', async (t) => {
  const house = await pagesHouse(t);
  await tryMatrix(house, doorOf(house), { ...OPEN_PAGES, ...LINE_PAGES, ...PERSON_PAGES });
});

let visits = 0;

function doorOf(house: PagesHouse): Door<Visitor, PageAnswer> {
  return {
    endpoints,
    publicUrl: house.url,
    async enter({ people }, asker) {
      visits += 1;
      const visitor = house.visitor(`10.${visits >> 8}.${visits & 255}.1`);
      if (asker !== 'anonymous') visitor.cookies.set('sign-in', people[asker].secret);
      return visitor;
    },
    outcomeOf,
    tell: ({ status, text }) => ({ status, text }),
  };
}

/** The way to signing in, as the page somebody is led to, as the one thing a refusal offers, or as what a script is told. */
function outcomeOf({ status, location, text }: PageAnswer): string {
  if (/^\/sign-in(\?|$)/.test(location) || /class="main" href="\/sign-in["?]/.test(text) || text.includes('"next":"/sign-in"'))
    return 'sign in';
  if (status === 303) return location.startsWith('/security/prove?') ? 'prove' : 'done';
  return status === 200 ? 'shown' : String(status);
}
