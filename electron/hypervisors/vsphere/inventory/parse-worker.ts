import { parentPort } from 'node:worker_threads';
import { NotAuthenticatedAnswer } from './object-updates.ts';
import { createParseJobs } from './parse-jobs.ts';
import type { ParseReply, ParseRequest } from './parse-protocol.ts';

// The thread that reads answers of servers, so that the main process never stands still over megabytes of XML.

const port = parentPort;
const owners = new Map<number, ReturnType<typeof createParseJobs>>();

const tell = (reply: ParseReply): void => port?.postMessage(reply);

port?.on('message', ({ id, owner, job }: ParseRequest) => {
  if (job.kind === 'leave') {
    owners.delete(owner);
    return;
  }
  const jobs = owners.get(owner) ?? createParseJobs();
  owners.set(owner, jobs);
  try {
    const result = jobs(job, (batch) => tell({ id, kind: 'batch', batch }));
    tell({ id, kind: 'done', result });
  } catch (error) {
    const failure = error instanceof NotAuthenticatedAnswer ? 'not-authenticated' : 'malformed';
    tell({ id, kind: 'failed', failure, detail: (error as Error).message });
  }
});
