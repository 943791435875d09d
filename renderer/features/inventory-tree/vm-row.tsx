import { memo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useAnnotations } from '../../stores/annotations.ts';
import { useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSelection } from '../../stores/selection.ts';
import { LockMark } from '../annotations/lock-mark.tsx';
import { vmIcon } from './entity-icon.ts';
import { vmNote } from './row-words.ts';
import { type RowPlace, TreeRowFrame } from './tree-row-frame.tsx';

/** A VM. The list picks it up. */
export const VmRow = memo(function VmRow({ id, ...place }: RowPlace & { readonly id: EntityId }) {
  const messages = useMessages();
  const vm = useInventory((state) => state.index.vm(id));
  const selected = useSelection((state) => state.vms.has(id));
  const dragged = useDrag((state) => state.drag?.ids.has(id) ?? false);
  const lock = useAnnotations((state) => state.locks.get(id));
  if (vm === undefined) return null;
  return (
    <TreeRowFrame
      {...place}
      id={id}
      icon={vmIcon(vm)}
      name={vm.name}
      note={vmNote(vm, messages)}
      selected={selected}
      look={dragged ? 'tree-row-vm tree-row-dragged' : 'tree-row-vm'}
      description={[
        vm.busyWith === null ? messages.common.powerStates[vm.powerState] : '',
        lock === undefined ? '' : messages.annotations.acts.lockedBy(lock.by, lock.reason),
      ]
        .filter(Boolean)
        .join(', ')}
      end={lock !== undefined && <LockMark lock={lock} />}
    />
  );
});
