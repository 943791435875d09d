import { Worker } from 'node:worker_threads';
import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { InventoryBatch } from '../../port.ts';
import type { HttpAnswer } from '../transport/http-post.ts';
import { VimFault } from '../transport/soap-fault.ts';
import type { ModelContext } from './inventory-model.ts';
import type { PackedAnswer, ParseJob, ParseReply, ParseResults } from './parse-protocol.ts';

/**
 * Reads answers in a thread of its own: the bytes of an answer go over, entities come back.
 * Rejects with `unexpected-answer` for what cannot be read, and with a NotAuthenticated fault when the answer says
 * that the session has ended.
 */
export interface ParseThread {
  begin(context: ModelContext): Promise<void>;
  /** Tells batches as they are ready, all of them before it resolves. */
  news(answer: HttpAnswer, tell: (batch: InventoryBatch) => void): Promise<ParseResults['news']>;
  figures(answer: HttpAnswer, tell: (batch: InventoryBatch) => void): Promise<ParseResults['figures']>;
  /**
   * One page of objects read past the inventory; `nextPage` fetches the next one by its token.
   * @returns those entities that are wanted
   */
  objects(
    context: ModelContext,
    wanted: readonly EntityId[],
    first: HttpAnswer,
    nextPage: (token: string) => Promise<HttpAnswer>,
  ): Promise<readonly Entity[]>;
  count(answer: HttpAnswer): Promise<number>;
  /** Ends the thread. Jobs under way reject with `cancelled`. */
  close(): Promise<void>;
}

interface Pending {
  readonly operation: string;
  readonly tell: (batch: InventoryBatch) => void;
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

export const createParseThread = (address: string): ParseThread => {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let lastId = 0;
  let lastReading = 0;
  let closed = false;

  const rejectAll = (error: AppError): void => {
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  };

  const start = (): Worker => {
    // Source files are run as they are; in the bundle, threads lie beside the file that starts them.
    const file = import.meta.url.endsWith('.ts') ? './parse-worker.ts' : './parse-worker.js';
    const started = new Worker(new URL(file, import.meta.url));
    // A command line that is done must be able to end.
    started.unref();
    started.on('message', onReply);
    // Out of memory, say. The next job starts a new thread; an inventory has to be begun anew.
    started.on('error', (error) => onEnd(started, error.message));
    started.on('exit', (code) => onEnd(started, `exit ${code}`));
    return started;
  };

  const onEnd = (ended: Worker, reason: string): void => {
    if (worker !== ended) return;
    worker = null;
    rejectAll(new AppError('internal', { detail: `the parsing thread ended: ${reason}` }));
  };

  const onReply = (reply: ParseReply): void => {
    const job = pending.get(reply.id);
    if (job === undefined) return;
    if (reply.kind === 'batch') {
      job.tell(reply.batch);
      return;
    }
    pending.delete(reply.id);
    if (pending.size === 0) worker?.unref();
    if (reply.kind === 'done') job.resolve(reply.result as never);
    else if (reply.failure === 'not-authenticated') job.reject(new VimFault('NotAuthenticated', reply.detail, {}));
    else {
      const { operation } = job;
      job.reject(new AppError('unexpected-answer', { address, operation, detail: reply.detail }));
    }
  };

  const run = <Kind extends ParseJob['kind']>(
    job: Extract<ParseJob, { kind: Kind }>,
    answers: readonly HttpAnswer[],
    tell: (batch: InventoryBatch) => void = () => undefined,
  ): Promise<ParseResults[Kind]> =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new AppError('cancelled', {}));
        return;
      }
      worker ??= start();
      // While there is work, the process must not end before it is done.
      worker.ref();
      lastId += 1;
      const operation = answers[0]?.operation ?? job.kind;
      pending.set(lastId, { operation, tell, resolve, reject });
      worker.postMessage({ id: lastId, job }, [...new Set(answers.map(({ body }) => body.buffer))]);
    });

  return {
    begin: async (context) => {
      await run({ kind: 'begin', context }, []);
    },
    news: (answer, tell) => run({ kind: 'news', answer: packed(answer) }, [answer], tell),
    figures: (answer, tell) => run({ kind: 'figures', answer: packed(answer) }, [answer], tell),
    objects: async (context, wanted, first, nextPage) => {
      lastReading += 1;
      const reading = lastReading;
      try {
        for (let answer = first; ; ) {
          const job = { kind: 'objects', reading, context, answer: packed(answer), wanted } as const;
          const { token, entities } = await run(job, [answer]);
          if (token === null) return entities;
          answer = await nextPage(token);
        }
      } catch (error) {
        run({ kind: 'forget', reading }, []).catch(() => undefined);
        throw error;
      }
    },
    count: (answer) => run({ kind: 'count', answer: packed(answer) }, [answer]),
    close: async () => {
      closed = true;
      rejectAll(new AppError('cancelled', {}));
      const ending = worker;
      worker = null;
      await ending?.terminate();
    },
  };
};

const packed = ({ operation, body, contentEncoding }: HttpAnswer): PackedAnswer => ({
  method: operation,
  contentEncoding,
  body,
});
