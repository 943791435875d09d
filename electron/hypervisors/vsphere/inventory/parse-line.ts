import { Worker } from 'node:worker_threads';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { InventoryBatch } from '../../port.ts';
import { VimFault } from '../transport/soap-fault.ts';
import type { ParseJob, ParseReply, ParseRequest, ParseResults } from './parse-protocol.ts';

/** Where a job comes from and whom to tell. */
export interface JobContext {
  /** Jobs of one owner share an inventory; those of others do not see it. */
  readonly owner: number;
  /** Named in errors. */
  readonly address: string;
  readonly operation: string;
  /** Buffers that move to the other thread. */
  readonly moved: readonly ArrayBuffer[];
  readonly tell: (batch: InventoryBatch) => void;
}

/**
 * The way to one parsing thread. The thread starts with the first job and is kept: starting one takes longer than most
 * jobs, and threads that come and go by the hundred have brought V8 down (`jit_page.has_value()`, nodejs/node#64500).
 */
export interface ParseLine {
  run<Kind extends ParseJob['kind']>(
    job: Extract<ParseJob, { kind: Kind }>,
    context: JobContext,
  ): Promise<ParseResults[Kind]>;
  /** Forgets an owner's inventory. Its jobs under way reject with `cancelled`. */
  leave(owner: number): void;
}

interface Pending extends JobContext {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

export const createParseLine = (): ParseLine => {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let lastId = 0;

  const start = (): Worker => {
    // Source files are run as they are; in the bundle, threads lie beside the file that starts them.
    const file = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js';
    const started = new Worker(new URL(file, import.meta.url));
    started.on('message', onReply);
    // Out of memory, say. The next job starts a new thread; an inventory has to be begun anew.
    started.on('error', (error) => onEnd(started, error.message));
    started.on('exit', (code) => onEnd(started, `exit ${code}`));
    return started;
  };

  const onEnd = (ended: Worker, reason: string): void => {
    if (worker !== ended) return;
    worker = null;
    const error = new AppError('internal', { detail: `the parsing thread ended: ${reason}` });
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };

  const onReply = (reply: ParseReply): void => {
    const job = pending.get(reply.id);
    if (job === undefined) return;
    if (reply.kind === 'batch') {
      job.tell(reply.batch);
      return;
    }
    settled(reply.id);
    if (reply.kind === 'done') job.resolve(reply.result as never);
    else if (reply.failure === 'not-authenticated') job.reject(new VimFault('NotAuthenticated', reply.detail, {}));
    else {
      const { address, operation } = job;
      job.reject(new AppError('unexpected-answer', { address, operation, detail: reply.detail }));
    }
  };

  /** While there is work, the process must not end before it is done; without, it must be able to. */
  const settled = (id: number): void => {
    pending.delete(id);
    if (pending.size === 0) worker?.unref();
  };

  return {
    run: (job, context) =>
      new Promise((resolve, reject) => {
        worker ??= start();
        worker.ref();
        lastId += 1;
        pending.set(lastId, { ...context, resolve, reject });
        worker.postMessage({ id: lastId, owner: context.owner, job } satisfies ParseRequest, [...context.moved]);
      }),
    leave: (owner) => {
      for (const [id, job] of [...pending]) {
        if (job.owner !== owner) continue;
        settled(id);
        job.reject(new AppError('cancelled', {}));
      }
      worker?.postMessage({ id: 0, owner, job: { kind: 'leave' } } satisfies ParseRequest);
    },
  };
};
