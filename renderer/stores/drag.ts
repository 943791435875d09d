import { create } from 'zustand';
import type { EntityId, SiteId } from '../../shared/domain/ids.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';

/** VMs on their way to a pool: held by the mouse, or cut with the keyboard and not yet put down. */
export interface Drag {
  readonly by: 'mouse' | 'keyboard';
  readonly vms: readonly VmSummary[];
  readonly ids: ReadonlySet<EntityId>;
}

interface DragState {
  readonly drag: Drag | null;
  /** The row under the mouse, or the active one while the keyboard carries. */
  readonly over: EntityId | SiteId | null;
}

export const useDrag = create<DragState>(() => ({ drag: null, over: null }));

export const startDrag = (by: Drag['by'], vms: readonly VmSummary[]): void =>
  useDrag.setState({ drag: { by, vms, ids: new Set(vms.map((vm) => vm.id)) }, over: null });

export const dragOver = (over: EntityId | SiteId | null): void => {
  if (useDrag.getState().over !== over) useDrag.setState({ over });
};

export const endDrag = (): void => useDrag.setState({ drag: null, over: null });
