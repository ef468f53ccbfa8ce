/** `backup` and `restore`: everything Everline keeps, in one file. */
import { BackupTrouble, backUp, restore } from '#platform/backup';
import { migrate } from '#platform/migrate';
import { relayAgain } from '#platform/outbox';
import { openDatabase } from '../connect/index.ts';
import { consumersOf } from '../house/index.ts';
import { type Command, EXIT, type Situation, UsageTrouble, withHouse } from './command.ts';

export const backup: Command = {
  usage: '<file>',
  summary: 'write everything into one file, consistent, while the house runs',
  run: ([file], situation) => {
    if (file === undefined) throw new UsageTrouble('say into which file');
    return withDatabase(situation, async (connection) => {
      const { tables, rows, octets } = await backUp(connection, file, new Date());
      situation.terminal.print(
        `${rows} rows of ${tables} tables are in ${file} (${octets} octets). It holds personal data: keep it as such.`,
      );
    });
  },
};

export const restoreFrom: Command = {
  usage: '<file>',
  summary: 'fill an empty database from such a file',
  async run([file], situation) {
    if (file === undefined) throw new UsageTrouble('say from which file');
    const exit = await withDatabase(situation, async (connection) => {
      await migrate(connection);
      const { tables, rows, takenAt } = await restore(connection, file);
      situation.terminal.print(`Restored ${rows} rows of ${tables} tables, as they were at ${takenAt.toISOString()}.`);
    });
    // Jobs are not in a backup: what they had not done yet is relayed anew.
    if (exit === EXIT.done) await withHouse(situation, ({ house }) => relayAgain(house.tools.database, consumersOf(house)));
    return exit;
  },
};

async function withDatabase(
  { config, terminal }: Situation,
  work: (connection: Parameters<typeof backUp>[0]) => Promise<void>,
): Promise<number> {
  const database = await openDatabase(config, terminal.warn);
  try {
    await work(database.connection);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof BackupTrouble)) throw error;
    terminal.warn(error.message);
    return EXIT.refused;
  } finally {
    await database.release();
  }
}
