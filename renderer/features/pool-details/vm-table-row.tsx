import { memo, type ReactNode } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { sizeParts } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSelection } from '../../stores/selection.ts';
import { vmIcon } from '../inventory-tree/entity-icon.ts';
import { VmRemark } from './vm-remark.tsx';
import { hostName, poolName } from './vm-sorting.ts';

export const vmRowElementId = (id: EntityId): string => `vm-${encodeURIComponent(id)}`;

export interface VmTableRowProps {
  readonly id: EntityId;
  /** 0 for the first VM. */
  readonly line: number;
  /** CSS pixels from the first row. */
  readonly top: number;
  readonly active: boolean;
  readonly showsPool: boolean;
}

/** One VM in the list; the same thing can be dragged as in the tree. */
export const VmTableRow = memo(function VmTableRow({ id, line, top, active, showsPool }: VmTableRowProps) {
  const { common } = useMessages();
  const { index } = useInventory((state) => state.placed);
  const vm = useInventory((state) => state.index.vm(id));
  const selected = useSelection((state) => state.vms.has(id));
  const dragged = useDrag((state) => state.drag?.ids.has(id) ?? false);
  if (vm === undefined) return null;
  return (
    <tr
      id={vmRowElementId(id)}
      aria-rowindex={line + 2}
      aria-selected={selected}
      className={`vm-grid-row${dragged ? ' vm-row-dragged' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      data-vm={id}
      data-active={active || undefined}
    >
      <Cell look="vm-name">
        <span className="vm-check" data-check="">
          <span className={`check-box${selected ? ' check-box-checked' : ''}`}>
            {selected && <Icon name="check" />}
          </span>
        </span>
        <Icon name={vmIcon(vm)} />
        <span className="truncate">{vm.name}</span>
      </Cell>
      <Cell>{common.powerStates[vm.powerState]}</Cell>
      {showsPool && <Cell>{poolName(vm, index)}</Cell>}
      <Cell>{hostName(vm, index)}</Cell>
      <Cell look="number">{vm.cpuCount}</Cell>
      <Cell look="number">
        <Size bytes={vm.memoryBytes} />
      </Cell>
      <Cell look="number">
        <Size bytes={vm.diskBytes} />
      </Cell>
      <Cell>
        <VmRemark vm={vm} />
      </Cell>
    </tr>
  );
});

const Cell = ({ look, children }: { readonly look?: string; readonly children: ReactNode }) => (
  <td className={`vm-cell truncate${look === undefined ? '' : ` ${look}`}`}>{children}</td>
);

const Size = ({ bytes }: { readonly bytes: number }) => {
  const { value, unit } = sizeParts(bytes);
  return (
    <>
      {value}
      <span className="unit">{unit}</span>
    </>
  );
};
