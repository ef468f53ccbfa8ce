/**
 * The settings the server is started with, on its command line, where they win over postgresql.conf and ALTER SYSTEM:
 * nobody can turn off by accident what money rests on.
 */
import { totalmem } from 'node:os';

export type Mode = 'safe' | 'test';

const MONEY = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' };
/** Faster by the price of losing everything in a power cut. Tests only; /healthz says "unsafe". */
const NO_MONEY = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', wal_level: 'minimal', max_wal_senders: '0' };

/** `-c name=value` for each. */
export function serverParameters(mode: Mode, socketFolder: string, parent: string): string[] {
  const settings = {
    ...(mode === 'safe' ? MONEY : NO_MONEY),
    // No TCP: whoever may enter the socket's folder may connect, nobody else on machine or network.
    listen_addresses: '',
    // The value is a list; quoted, so that a comma or blank in the path is part of it.
    unix_socket_directories: `"${socketFolder.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    'everline.parent': parent,
    max_connections: mode === 'safe' ? '100' : '200',
    shared_buffers: `${mode === 'safe' ? sharedBuffersMb() : 128}MB`,
    // A checkpoint doubles the WAL that follows it (full-page images): far apart, and spread.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // Our statements take milliseconds; compiling one takes longer.
    jit: 'off',
    random_page_cost: '1.1',
    // A partition a day for 400 days is locked by one statement over all of them.
    max_locks_per_transaction: '512',
    // A node that hangs must not hold an account's lock for ever.
    idle_in_transaction_session_timeout: '5min',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** An eighth of the machine's memory: it is shared with the program, the browser and whatever else runs on a laptop. */
function sharedBuffersMb(): number {
  return Math.round(Math.min(2048, Math.max(128, totalmem() / 8 / 1024 / 1024)));
}
