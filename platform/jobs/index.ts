export { addJob } from './add-job.ts';
export { type JobWorker, startWorker, type Task, type WorkerOptions } from './start-worker.ts';
