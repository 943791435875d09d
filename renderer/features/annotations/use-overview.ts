import { useEffect, useState } from 'react';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import type { ReplyOf } from '../../../shared/ipc/contract.ts';
import { call } from '../../api/call.ts';
import { useAnnotations } from '../../stores/annotations.ts';

export type OverviewState =
  /** The last answer stays in sight while the next one is on its way. */
  | { readonly kind: 'reading'; readonly last: ReplyOf<'precautions.overview'> | null }
  | { readonly kind: 'read'; readonly last: ReplyOf<'precautions.overview'> }
  | { readonly kind: 'failed'; readonly last: null; readonly error: WireError };

/** How long a person pauses before what was typed is asked for, ms. */
const pause = 250;
const atMost = 10_000;

/** Which VMs have such findings; asked again when the words change, and when a lock or waiver does. */
export const useOverview = (words: readonly string[], tries: number): OverviewState => {
  const [state, setState] = useState<OverviewState>({ kind: 'reading', last: null });
  const said = useAnnotations((annotations) => annotations.said);
  const asked = JSON.stringify({ words, tries });
  useEffect(() => {
    const asking = new AbortController();
    const request = JSON.parse(asked) as { readonly words: readonly string[] };
    // What people said is part of the answer.
    void said;
    setState(({ last }) => ({ kind: 'reading', last }));
    const timer = setTimeout(() => {
      call('precautions.overview', { words: request.words, limit: atMost }, { signal: asking.signal })
        .then((last) => setState({ kind: 'read', last }))
        .catch((error: unknown) => {
          if (!asking.signal.aborted) setState({ kind: 'failed', last: null, error: toWire(error) });
        });
    }, pause);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [asked, said]);
  return state;
};
