import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { CommandMenu, type MenuPoint } from '../../shell/command-menu.tsx';
import { selectVms, toggleVm, useSelection } from '../../stores/selection.ts';
import { giveUp, pickUp } from '../drag/pick-up.ts';
import { useListDragSource } from '../drag/use-list-drag-source.ts';
import { type TableKeyAction, tableKeyAction } from './table-keys.ts';
import { useExaminedRows } from './use-examined-rows.ts';
import type { Sorting, VmColumn } from './vm-sorting.ts';
import { VmTableHead } from './vm-table-head.tsx';
import { VmTableRow, vmRowElementId } from './vm-table-row.tsx';

const rowHeight = 28;
const headHeight = 26;

export interface VmGridProps {
  readonly ids: readonly EntityId[];
  /** How many of them are selected. */
  readonly selectedCount: number;
  readonly showsPool: boolean;
  readonly sorting: Sorting;
  readonly onSort: (column: VmColumn) => void;
}

/** The rows in sight of a list of VMs: selectable by mouse and keys, draggable like those in the tree. */
export const VmGrid = ({ ids, selectedCount, showsPool, sorting, onSort }: VmGridProps) => {
  const { poolDetails } = useMessages();
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const [active, setActive] = useState<EntityId | null>(null);
  const [anchor, setAnchor] = useState<EntityId | null>(null);
  const list = useRef<HTMLTableElement>(null);
  const dragSource = useListDragSource(list, vmAt, 'list');
  const activeLine = active === null ? -1 : ids.indexOf(active);

  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
    getItemKey: (line) => ids[line] ?? line,
  });
  useExaminedRows(virtualizer.getVirtualItems().flatMap(({ index }) => ids[index] ?? []));
  // Once for each row the keyboard goes to: rows that come above it, or another order, must not pull the list away.
  const shown = useRef<EntityId | null>(null);
  useEffect(() => {
    if (activeLine === -1 || shown.current === active) return;
    shown.current = active;
    virtualizer.scrollToIndex(activeLine, { align: 'auto' });
  }, [active, activeLine, virtualizer]);

  const extend = (to: EntityId): void => {
    const end = ids.indexOf(to);
    const from = anchor === null ? -1 : ids.indexOf(anchor);
    const start = from === -1 ? end : from;
    setActive(to);
    if (from === -1) setAnchor(to);
    selectVms(ids.slice(Math.min(start, end), Math.max(start, end) + 1), 'list');
  };
  const turnTo = (id: EntityId): void => {
    setActive(id);
    setAnchor(id);
  };
  const chooseAll = (): void => selectVms(selectedCount === ids.length ? [] : ids, 'list');

  const perform = (action: TableKeyAction): void => {
    switch (action.kind) {
      case 'go':
        if (action.extend) extend(action.id);
        else setActive(action.id);
        break;
      case 'toggle':
        turnTo(action.id);
        toggleVm(action.id, 'list');
        break;
      case 'show':
        selectVms([action.id], 'show');
        break;
      case 'all':
        chooseAll();
        break;
      case 'pick-up':
        pickUp();
        break;
      case 'give-up':
        giveUp();
        break;
      default:
        action satisfies never;
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys in the head belong to its buttons.
    if (event.target !== list.current) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const action = tableKeyAction(event, ids, activeLine, page);
    if (action === null) return;
    event.preventDefault();
    perform(action);
  };
  const onClick = (event: MouseEvent): void => {
    const id = vmAt(event.target);
    if (id === null) return;
    const onCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    if (event.shiftKey) extend(id);
    else {
      turnTo(id);
      if (onCheck || event.ctrlKey || event.metaKey) toggleVm(id, 'list');
      else selectVms([id], 'list');
    }
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const pointed = vmAt(event.target);
    const id = pointed ?? active;
    if (id === null) return;
    if (!useSelection.getState().vms.has(id)) selectVms([id], 'list');
    setActive(id);
    // From the keyboard the menu belongs under the active row.
    const box = pointed === null ? document.getElementById(vmRowElementId(id))?.getBoundingClientRect() : undefined;
    setMenu(box === undefined ? { x: event.clientX, y: event.clientY } : { x: box.left + 48, y: box.bottom });
  };

  return (
    <>
      <table
        ref={list}
        className={`vm-grid${showsPool ? ' vm-grid-with-pool' : ''}`}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that is used by keys is a grid (ARIA APG)
        role="grid"
        aria-label={poolDetails.vms}
        aria-multiselectable="true"
        aria-rowcount={ids.length + 1}
        aria-activedescendant={active !== null && activeLine !== -1 ? vmRowElementId(active) : undefined}
        tabIndex={0}
        {...dragSource}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onDoubleClick={(event) => {
          const id = vmAt(event.target);
          if (id !== null) selectVms([id], 'show');
        }}
        onContextMenu={onContextMenu}
        onFocus={(event) => {
          // Not for a press of the mouse, which goes to the row it hits: going to the first would scroll that away.
          if (activeLine === -1 && event.target.matches(':focus-visible')) setActive(ids[0] ?? null);
        }}
      >
        <VmTableHead
          sorting={sorting}
          showsPool={showsPool}
          checked={selectedCount === 0 ? 'none' : selectedCount === ids.length ? 'all' : 'some'}
          onSort={onSort}
          onCheck={chooseAll}
        />
        <tbody className="vm-grid-body" style={{ height: virtualizer.getTotalSize() }}>
          {withActive(virtualizer.getVirtualItems(), activeLine).map(({ index, start }) => {
            const id = ids[index];
            return id === undefined ? null : (
              <VmTableRow
                key={id}
                id={id}
                line={index}
                top={start - headHeight}
                active={index === activeLine}
                showsPool={showsPool}
              />
            );
          })}
        </tbody>
      </table>
      <CommandMenu
        at={menu}
        onClose={() => {
          setMenu(null);
          list.current?.focus();
        }}
      />
    </>
  );
};

interface Placed {
  readonly index: number;
  readonly start: number;
}

/** The rows in sight, and the active one, which the grid's focus points at. */
const withActive = (visible: readonly Placed[], active: number): readonly Placed[] =>
  active === -1 || visible.some(({ index }) => index === active)
    ? visible
    : [...visible, { index: active, start: headHeight + active * rowHeight }];

const vmAt = (target: EventTarget): EntityId | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-vm]') : null;
  return (row?.dataset.vm as EntityId | undefined) ?? null;
};
