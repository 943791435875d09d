import { create } from 'zustand';
import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import { readKnownVms } from './known-vms.ts';
import type { KnownVms } from './precaution-context.ts';

/** VMs on their way to a pool: held by the mouse, or cut with the keyboard and not yet put down. */
export interface Drag {
  readonly by: 'mouse' | 'keyboard';
  readonly vms: readonly VmSummary[];
  readonly ids: ReadonlySet<EntityId>;
  /** All that is known of them, for the precautions; null until it was read. */
  readonly facts: KnownVms | null;
  /** The VM is in an evacuation image: the site it came from need not be connected. */
  readonly fromImage?: boolean;
}

interface DragState {
  readonly drag: Drag | null;
  /** The row under the mouse, or the active one while the keyboard carries. */
  readonly over: EntityId | SiteId | null;
}

export const useDrag = create<DragState>(() => ({ drag: null, over: null }));

let reading = new AbortController();

/** Begins a drag. The rules that need no facts answer at once, all others as soon as the facts are there. */
export const startDrag = (by: Drag['by'], vms: readonly VmSummary[]): void => {
  reading.abort();
  reading = new AbortController();
  const drag: Drag = { by, vms, ids: new Set(vms.map((vm) => vm.id)), facts: null };
  useDrag.setState({ drag, over: null });
  void readFacts(drag, reading.signal);
};

const readFacts = async (drag: Drag, signal: AbortSignal): Promise<void> => {
  try {
    const facts = await readKnownVms([...drag.ids], signal);
    // Another object, so that every row asks for its verdict anew.
    if (!signal.aborted && useDrag.getState().drag === drag) useDrag.setState({ drag: { ...drag, facts } });
  } catch {
    // The verdict stays what it is; the dialog checks again and says what went wrong.
  }
};

export const dragOver = (over: EntityId | SiteId | null): void => {
  if (useDrag.getState().over !== over) useDrag.setState({ over });
};

export const endDrag = (): void => {
  reading.abort();
  useDrag.setState({ drag: null, over: null });
};
