import { useEffect, useState } from 'react';
import type { VirtualMachine, VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { AppError, hasCode, toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';

export type VmFacts =
  | { readonly kind: 'reading' }
  /** `readAt` in ms since 1970. */
  | { readonly kind: 'known'; readonly vm: VirtualMachine; readonly readAt: number; readonly retry: () => void }
  | { readonly kind: 'failed'; readonly error: WireError; readonly retry: () => void };

/** All facts of a VM; asked for again when its summary changes. The last facts stay until newer ones are there. */
export const useVmFacts = (summary: VmSummary): VmFacts => {
  const [facts, setFacts] = useState<VmFacts>({ kind: 'reading' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    const retry = () => setTries(tries + 1);
    call('inventory.facts', { ids: [summary.id] }, { signal: asking.signal })
      .then(([found]) => {
        if (found === undefined) throw new AppError('vm-gone', { vmName: summary.name });
        setFacts({ kind: 'known', ...found, retry });
      })
      .catch((error: unknown) => {
        if (hasCode(error, 'cancelled') || asking.signal.aborted) return;
        setFacts({ kind: 'failed', error: toWire(error), retry });
      });
    return () => asking.abort();
  }, [summary, tries]);
  return facts;
};
