import { type Queries, statement } from '#platform/database';

const addJobRow = statement<{ task: string; payload: string; jobKey: string; priority: number }>(import.meta.dirname, 'add-job');

export type Job = { readonly task: string; readonly payload: object; readonly jobKey: string; readonly priority?: number };

/** Queues a job in the caller's transaction; a lower priority number goes first. A second one under the same key replaces the first while it waits. */
export async function addJob(queries: Queries, job: Job): Promise<void> {
  await queries.query(addJobRow, { ...job, payload: JSON.stringify(job.payload), priority: job.priority ?? 0 });
}
