import { useEffect } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { useSettled } from '../../controls/use-settled.ts';
import { useAnnotations } from '../../stores/annotations.ts';
import { useInventory } from '../../stores/inventory.ts';
import { examineVms } from '../../stores/vm-overviews.ts';

/** How often rows that come into sight are asked about at most, ms. */
const pause = 300;

/** Keeps what is said of the rows in sight up to date. */
export const useExaminedRows = (inSight: readonly EntityId[]): void => {
  const rows = useSettled(inSight.join('\n'), pause);
  const latest = useSettled(
    useInventory((state) => state.latest),
    1_000,
  );
  const said = useAnnotations((state) => state.said);
  useEffect(() => {
    // Both are part of what is found out.
    void latest;
    void said;
    const asking = new AbortController();
    const ids = rows === '' ? [] : (rows.split('\n') as EntityId[]);
    // Where it fails the list says nothing of precautions; the migration dialog checks, and tells what went wrong.
    examineVms(ids, asking.signal).catch(() => undefined);
    return () => asking.abort();
  }, [rows, latest, said]);
};
