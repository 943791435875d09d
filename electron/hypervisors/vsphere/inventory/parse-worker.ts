import { parentPort } from 'node:worker_threads';
import { NotAuthenticatedAnswer } from './object-updates.ts';
import { createParseJobs } from './parse-jobs.ts';
import type { ParseJob, ParseReply } from './parse-protocol.ts';

// The thread that reads answers of the server, so that the main process never stands still over megabytes of XML.

const port = parentPort;
const jobs = createParseJobs();

const tell = (reply: ParseReply): void => port?.postMessage(reply);

port?.on('message', ({ id, job }: { readonly id: number; readonly job: ParseJob }) => {
  try {
    const result = jobs(job, (batch) => tell({ id, kind: 'batch', batch }));
    tell({ id, kind: 'done', result });
  } catch (error) {
    const failure = error instanceof NotAuthenticatedAnswer ? 'not-authenticated' : 'malformed';
    tell({ id, kind: 'failed', failure, detail: (error as Error).message });
  }
});
