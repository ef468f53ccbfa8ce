/**
 * Listens for accounts for which something changed (a renewal, a pack), on a connection of its own: told once a commit is
 * done, so that their sessions are asked to ask again at once. A connection that is lost is made again; what was told meanwhile
 * the outbox tells again.
 */
import pg from 'pg';
import { ACCOUNT_CHANNEL } from '#domain/charging';
import type { Log } from '#platform/log';

const AGAIN_MS = 1_000;

export function hearOfAccounts(connection: pg.ClientConfig, log: Log, heard: (payload: string | undefined) => void): () => Promise<void> {
  let stopped = false;
  let current: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  const listen = async () => {
    const client = new pg.Client(connection);
    current = client;
    const lost = () => {
      if (current !== client) return;
      current = undefined;
      if (!stopped) again = setTimeout(() => void listen(), AGAIN_MS);
    };
    client.on('error', lost);
    client.on('end', lost);
    client.on('notification', ({ payload }) => heard(payload));
    try {
      await client.connect();
      await client.query(`listen ${ACCOUNT_CHANNEL}`);
    } catch (error) {
      log.warn({ err: error }, 'not listening for renewals; sessions are asked when they ask');
      lost();
    }
  };
  void listen();
  return async () => {
    stopped = true;
    clearTimeout(again);
    await current?.end().catch(() => {});
  };
}
