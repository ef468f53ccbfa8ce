/** An Everline of its own for tests: starts the database of the folder it is given, tells of it in one line, and waits. */
import { startPostgres } from '#platform/postgres';

const home = process.argv[2] ?? '';
try {
  const { pid, connection, stop } = await startPostgres({ home, mode: 'test', log: () => {} });
  // Ctrl-C: the program gets its time to finish while the database still runs.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(async () => {
        await stop();
        process.exit(0);
      }, 200);
    });
  }
  process.stdin.resume();
  process.stdout.write(`${JSON.stringify({ pid, connection })}\n`);
} catch (error) {
  const { code, message } = error as Error & { code: string };
  process.stdout.write(`${JSON.stringify({ trouble: { code, message } })}\n`);
}
