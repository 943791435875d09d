import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RecoveryAssessment } from '../../../shared/domain/evacuation.ts';
import type { TaskId } from '../../../shared/domain/ids.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';

export interface Assessment {
  /** What was found last; null before the first answer. */
  readonly last: RecoveryAssessment | null;
  readonly looking: boolean;
  /** Why the last look failed; null when it did not. */
  readonly error: WireError | null;
  readonly lookAgain: () => void;
}

/** How a task's VM stands, looked at on opening, whenever its site is connected, and when asked for. */
export const useAssessment = (task: TaskId, siteIsOnline: boolean): Assessment => {
  const [round, setRound] = useState(0);
  const look = useMemo(() => ({ task, siteIsOnline, round }), [task, siteIsOnline, round]);
  const [answer, setAnswer] = useState<{
    readonly look: object;
    readonly last: RecoveryAssessment | null;
    readonly error: WireError | null;
  } | null>(null);
  useEffect(() => {
    const life = new AbortController();
    call('recovery.assess', { task: look.task }, { signal: life.signal }).then(
      (last) => {
        if (!life.signal.aborted) setAnswer({ look, last, error: null });
      },
      (cause: unknown) => {
        if (!life.signal.aborted) setAnswer((before) => ({ look, last: before?.last ?? null, error: toWire(cause) }));
      },
    );
    return () => life.abort();
  }, [look]);
  const lookAgain = useCallback(() => setRound((before) => before + 1), []);
  return { last: answer?.last ?? null, error: answer?.error ?? null, looking: answer?.look !== look, lookAgain };
};
