import { useEffect, useState } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { readKnownVms } from '../../stores/known-vms.ts';
import type { KnownVms } from '../../stores/precaution-context.ts';

/** Between ids in a key; no id contains it. */
const between = '\n';

/** Everything the cache knows of these VMs, read once; null until it is there, and when it is not wanted. */
export const useKnownVms = (vms: readonly VmSummary[], wanted: boolean): KnownVms | null => {
  const [read, setRead] = useState<{ readonly key: string; readonly facts: KnownVms } | null>(null);
  const key = wanted ? vms.map(({ id }) => id).join(between) : '';
  useEffect(() => {
    if (key === '') return;
    const reading = new AbortController();
    readKnownVms(key.split(between) as EntityId[], reading.signal).then(
      (facts) => setRead({ key, facts }),
      // What needs no facts is known already; the dialog checks again and says what went wrong.
      () => {},
    );
    return () => reading.abort();
  }, [key]);
  return read?.key === key ? read.facts : null;
};
