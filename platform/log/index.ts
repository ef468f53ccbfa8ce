/** Structured logs on pino, to standard error or a file: one JSON line each, without secrets. */
import pino from 'pino';

export type Log = pino.Logger;

/** What must never be written: links that are keys, codes, card numbers. */
const REDACTED = ['token', 'secret', 'link', 'authorization', 'cookie', '*.token', '*.secret', '*.link', '*.authorization', '*.cookie'];

export function createLog(destination: string | number = 2, level: pino.LevelWithSilent = 'info'): Log {
  return pino({ level, redact: REDACTED, base: null }, pino.destination({ dest: destination, mkdir: true, sync: false }));
}
