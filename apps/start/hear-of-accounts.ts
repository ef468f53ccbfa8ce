/**
 * Listens for what changed for accounts (a renewal, a line that ran out, a session that we ended), on a connection of its own: told once a
 * commit is done, so that the network is told at once. A connection that is lost is made again; what was told meanwhile is told
 * again by the outbox, or looked for when we listen again.
 */
import pg from 'pg';
import type { Log } from '#platform/log';

export type Hearing = {
  /** By channel, what to do with what is heard. What it rejects with is told in the log. */
  readonly heard: Readonly<Record<string, (payload: string | undefined) => Promise<void>>>;
  /** From now on nothing is missed; before, something may have been. */
  readonly onListening?: () => Promise<void>;
};

const AGAIN_MS = 1_000;

export function hearOfAccounts(connection: pg.ClientConfig, log: Log, { heard, onListening }: Hearing): () => Promise<void> {
  let stopped = false;
  let current: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  const tell = (channel: string, doing: Promise<void> | undefined) =>
    doing?.catch((error: unknown) => log.warn({ err: error, channel }, 'the network was not told of a change'));
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
    client.on('notification', ({ channel, payload }) => void tell(channel, heard[channel]?.(payload)));
    try {
      await client.connect();
      for (const channel of Object.keys(heard)) await client.query(`listen ${client.escapeIdentifier(channel)}`);
      void tell('', onListening?.());
    } catch (error) {
      log.warn({ err: error }, 'not listening for changes; sessions are asked when they ask');
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
