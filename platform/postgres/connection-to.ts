/** How the program reaches its own server: by unix socket, as the superuser that initdb made. */
import type pg from 'pg';
import { SOCKET_PORT } from './short-socket.ts';

export const SUPERUSER = 'everline';
export const DATABASE = 'everline';

export function connectionTo(socketFolder: string): pg.ClientConfig {
  return { host: socketFolder, port: SOCKET_PORT, user: SUPERUSER, database: DATABASE };
}
