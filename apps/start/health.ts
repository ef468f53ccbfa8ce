/** `GET /healthz`: 200 when ready, with the state of each part; 503 when a part that money depends on is not. */
import { countWaiting } from '#platform/outbox';
import { checkServer } from '#platform/postgres';
import type { OpenHouse } from '../house/index.ts';

export type Health = {
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, { readonly state: string; readonly detail?: string }>>;
};

export async function healthOf(opened: OpenHouse, about: { demonstration: boolean; roles: readonly string[] }): Promise<Health> {
  const { house, database } = opened;
  try {
    const [checks, count] = await Promise.all([checkServer(database.connection), countWaiting(house.tools.database)]);
    const wrong = checks.filter((check) => !check.ok);
    const refused = wrong.filter((check) => check.refuse);
    return {
      ready: refused.length === 0,
      parts: {
        database: {
          state: refused.length > 0 ? 'unsafe' : 'ok',
          ...(wrong.length > 0 ? { detail: wrong.map((check) => `${check.name}: ${check.value}`).join('; ') } : {}),
        },
        catalog: { state: house.catalog.latest().brand === null ? 'empty' : 'ok' },
        payments: { state: house.orders.providerCode === 'none' ? 'not_configured' : 'ok', detail: house.orders.providerCode },
        outbox: { state: 'ok', detail: `${count} waiting` },
        mail: { state: house.senders.mail === undefined ? 'kept' : 'sends' },
        installation: { state: about.demonstration ? 'demonstration' : 'own', detail: about.roles.join(',') },
      },
    };
  } catch (error) {
    return { ready: false, parts: { database: { state: 'unreachable', detail: (error as Error).message } } };
  }
}
