import { AppError } from '../../../../shared/errors/app-error.ts';
import { createKeptThread } from '../../../kept-thread.ts';
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

/** The way to one parsing thread. */
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
  let lastId = 0;

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

  const settled = (id: number): void => {
    pending.delete(id);
    thread.setBusy(pending.size > 0);
  };

  const thread = createKeptThread<ParseRequest, ParseReply>({
    beside: import.meta.url,
    name: 'parse-worker',
    onReply,
    // The next job starts a new thread; an inventory has to be begun anew.
    onEnd: (reason) => {
      const error = new AppError('internal', { detail: `the parsing thread ended: ${reason}` });
      const failed = [...pending.values()];
      pending.clear();
      thread.setBusy(false);
      for (const { reject } of failed) reject(error);
    },
  });

  return {
    run: (job, context) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { ...context, resolve, reject });
        thread.setBusy(true);
        thread.post({ id: lastId, owner: context.owner, job }, context.moved);
      }),
    leave: (owner) => {
      for (const [id, job] of [...pending]) {
        if (job.owner !== owner) continue;
        settled(id);
        job.reject(new AppError('cancelled', {}));
      }
      thread.postIfRunning({ id: 0, owner, job: { kind: 'leave' } });
    },
  };
};
