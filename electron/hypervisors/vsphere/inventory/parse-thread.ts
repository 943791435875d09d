import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Entity } from '../../../../shared/domain/inventory.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { InventoryBatch } from '../../port.ts';
import type { HttpAnswer } from '../transport/http-post.ts';
import type { ModelContext } from './inventory-model.ts';
import type { ParseLine } from './parse-line.ts';
import type { PackedAnswer, ParseJob, ParseResults } from './parse-protocol.ts';

/**
 * Reads the answers of one connection in another thread: the bytes of an answer go over, entities come back.
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
  /** Forgets the inventory. Jobs under way reject with `cancelled`, and so do later ones. */
  close(): void;
}

export const createParseThread = (
  line: ParseLine,
  owner: number,
  address: string,
  onClose: () => void,
): ParseThread => {
  let lastReading = 0;
  let closed = false;

  const run = <Kind extends ParseJob['kind']>(
    job: Extract<ParseJob, { kind: Kind }>,
    answer: HttpAnswer | null,
    tell: (batch: InventoryBatch) => void = () => undefined,
  ): Promise<ParseResults[Kind]> => {
    if (closed) return Promise.reject(new AppError('cancelled', {}));
    const operation = answer?.operation ?? job.kind;
    return line.run(job, { owner, address, operation, moved: answer === null ? [] : [answer.body.buffer], tell });
  };

  return {
    begin: async (context) => {
      await run({ kind: 'begin', context }, null);
    },
    news: (answer, tell) => run({ kind: 'news', answer: packed(answer) }, answer, tell),
    figures: (answer, tell) => run({ kind: 'figures', answer: packed(answer) }, answer, tell),
    objects: async (context, wanted, first, nextPage) => {
      lastReading += 1;
      const reading = lastReading;
      try {
        for (let answer = first; ; ) {
          const job = { kind: 'objects', reading, context, answer: packed(answer), wanted } as const;
          const { token, entities } = await run(job, answer);
          if (token === null) return entities;
          answer = await nextPage(token);
        }
      } catch (error) {
        run({ kind: 'forget', reading }, null).catch(() => undefined);
        throw error;
      }
    },
    count: (answer) => run({ kind: 'count', answer: packed(answer) }, answer),
    close: () => {
      if (closed) return;
      closed = true;
      line.leave(owner);
      onClose();
    },
  };
};

const packed = ({ operation, body, contentEncoding }: HttpAnswer): PackedAnswer => ({
  method: operation,
  contentEncoding,
  body,
});
