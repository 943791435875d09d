import { useCallback, useEffect, useState } from 'react';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import type { ReplyOf, RequestName, RequestOf } from '../../shared/ipc/contract.ts';
import { call } from './call.ts';

/** An answer, and whether it is that of what is asked for now or still of the question before. */
export interface LastAnswer<Reply> {
  readonly reply: Reply;
  readonly isOfNow: boolean;
}

export type Answer<Reply> =
  /** The last answer stays in sight while the next one is on its way. */
  | { readonly kind: 'reading'; readonly last: LastAnswer<Reply> | null }
  | { readonly kind: 'read'; readonly last: LastAnswer<Reply> }
  | { readonly kind: 'failed'; readonly last: null; readonly error: WireError; readonly retry: () => void };

type Told<Reply> =
  | { readonly kind: 'nothing' }
  /** `isOld`: it is being asked again. */
  | { readonly kind: 'reply'; readonly question: string; readonly reply: Reply; readonly isOld: boolean }
  | { readonly kind: 'error'; readonly question: string; readonly error: WireError };

/** How long a person pauses before what was typed is asked for, ms. */
const pause = 250;

/**
 * The main process's answer to a request that changes while a person types: asked for when that pauses, and again when
 * one of the reasons (always as many) becomes another one. What is no longer of interest is cancelled.
 * @param request null: nothing is asked for
 */
export const useAnswer = <Name extends RequestName>(
  name: Name,
  request: RequestOf<Name> | null,
  reasons: readonly unknown[],
): Answer<ReplyOf<Name>> => {
  const [told, setTold] = useState<Told<ReplyOf<Name>>>({ kind: 'nothing' });
  const [tries, setTries] = useState(0);
  const retry = useCallback(() => setTries((before) => before + 1), []);
  const question = request === null ? null : JSON.stringify(request);
  useEffect(() => {
    // Another try is another reason.
    void tries;
    if (question === null) return;
    const asking = new AbortController();
    setTold((before) => (before.kind === 'reply' ? { ...before, isOld: true } : { kind: 'nothing' }));
    const timer = setTimeout(() => {
      call(name, JSON.parse(question) as RequestOf<Name>, { signal: asking.signal })
        .then((reply) => {
          if (!asking.signal.aborted) setTold({ kind: 'reply', question, reply, isOld: false });
        })
        .catch((error: unknown) => {
          if (!asking.signal.aborted) setTold({ kind: 'error', question, error: toWire(error) });
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [name, question, tries, ...reasons]);

  if (told.kind === 'nothing') return { kind: 'reading', last: null };
  const isOfNow = told.question === question;
  if (told.kind === 'error') {
    return isOfNow ? { kind: 'failed', last: null, error: told.error, retry } : { kind: 'reading', last: null };
  }
  const last = { reply: told.reply, isOfNow };
  return { kind: isOfNow && !told.isOld ? 'read' : 'reading', last };
};
