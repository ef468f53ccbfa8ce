import { type Queries, statement } from '#platform/database';

const addJobRow = statement<{ task: string; payload: string; jobKey: string }>(import.meta.dirname, 'add-job');

/** Queues a job in the caller's transaction. A second one under the same key replaces the first while it waits. */
export async function addJob(queries: Queries, job: { task: string; payload: object; jobKey: string }): Promise<void> {
  await queries.query(addJobRow, { ...job, payload: JSON.stringify(job.payload) });
}
