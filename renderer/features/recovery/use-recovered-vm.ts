import { useEffect, useState } from 'react';
import type { TaskView } from '../../../shared/domain/task.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { call } from '../../api/call.ts';

export interface RecoveredVm {
  /** Null until it was read, and when it is known nowhere. */
  readonly vm: VirtualMachine | null;
  readonly error: WireError | null;
}

/** What the VM of a task is: as the inventory has it, else as its image tells, for a source that is gone. */
const readVm = async ({ header, cold }: TaskView, signal: AbortSignal): Promise<VirtualMachine | null> => {
  const { vm, vmName, evacuation } = header.move;
  const [known] = await call('inventory.facts', { ids: [vm] }, { signal });
  // It is restored from its image, where it is stopped, whoever holds the source now, and under its own name.
  if (known !== undefined) return { ...known.vm, name: vmName, powerState: 'off', busyWith: null };
  const folder = cold.image?.folder ?? evacuation?.folder;
  const name = cold.image?.name ?? evacuation?.image;
  const images = await call('evacuation.images', {}, { signal });
  const record = images.find((image) => image.folder === folder && image.name === name)?.record;
  return record ? { ...record.vm, host: null, pool: null, powerState: 'off', busyWith: null } : null;
};

export const useRecoveredVm = (view: TaskView, wanted: boolean): RecoveredVm => {
  const [answer, setAnswer] = useState<RecoveredVm>({ vm: null, error: null });
  useEffect(() => {
    if (!wanted) return;
    const life = new AbortController();
    readVm(view, life.signal).then(
      (vm) => {
        if (!life.signal.aborted) setAnswer({ vm, error: null });
      },
      (cause: unknown) => {
        if (!life.signal.aborted) setAnswer({ vm: null, error: toWire(cause) });
      },
    );
    return () => life.abort();
  }, [view, wanted]);
  return answer;
};
