import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Segmented } from '../../controls/segmented.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { CommandMenu, type MenuPoint } from '../../shell/command-menu.tsx';
import { useDrag } from '../../stores/drag.ts';
import { type PlaceId, selectVms, toggleVm, useSelection } from '../../stores/selection.ts';
import { tableKeyAction } from './table-keys.ts';
import { usePlaceVms } from './use-place-vms.ts';
import type { Sorting, VmColumn, VmFilter } from './vm-sorting.ts';
import { VmTableHead } from './vm-table-head.tsx';
import { VmTableRow, vmRowElementId } from './vm-table-row.tsx';

const rowHeight = 28;
const headHeight = 26;

/** All VMs of a place: sorted, filtered by power state, selectable, and draggable like those in the tree. */
export const VmTable = ({ place }: { readonly place: PlaceId }) => {
  const { poolDetails } = useMessages();
  const [sorting, setSorting] = useState<Sorting>({ column: 'name', direction: 'ascending' });
  const [filter, setFilter] = useState<VmFilter>('all');
  const { ids, total, counts, showsPool } = usePlaceVms(place, sorting, filter);
  const [menu, setMenu] = useState<MenuPoint | null>(null);
  const [active, setActive] = useState<EntityId | null>(null);
  const [anchor, setAnchor] = useState<EntityId | null>(null);
  const list = useRef<HTMLTableElement>(null);
  const chosen = useSelection((state) => state.vms);
  const dragged = useDrag((state) => (state.drag?.by === 'mouse' ? (state.drag.vms[0]?.id ?? null) : null));
  const lines = useMemo(() => new Map(ids.map((id, line) => [id, line])), [ids]);
  const selectedHere = useMemo(() => [...chosen].filter((id) => lines.has(id)).length, [chosen, lines]);
  const activeLine = active === null ? -1 : (lines.get(active) ?? -1);
  const draggedLine = dragged === null ? -1 : (lines.get(dragged) ?? -1);

  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => list.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
    getItemKey: (line) => ids[line] ?? line,
  });
  useEffect(() => {
    if (activeLine !== -1) virtualizer.scrollToIndex(activeLine, { align: 'auto' });
  }, [activeLine, virtualizer]);

  const extend = (to: EntityId): void => {
    const from = anchor === null ? -1 : (lines.get(anchor) ?? -1);
    const end = lines.get(to) ?? -1;
    setActive(to);
    if (from === -1) setAnchor(to);
    const start = from === -1 ? end : from;
    selectVms(ids.slice(Math.min(start, end), Math.max(start, end) + 1), 'list');
  };
  const toggle = (id: EntityId): void => {
    setActive(id);
    setAnchor(id);
    toggleVm(id, 'list');
  };
  const chooseAll = (): void => selectVms(selectedHere === ids.length ? [] : ids, 'list');
  const show = (id: EntityId): void => selectVms([id], 'show');

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== list.current) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? rowHeight) / rowHeight) - 2);
    const action = tableKeyAction(event, ids, activeLine, page);
    if (action === null) return;
    event.preventDefault();
    if (action.kind === 'go') {
      if (action.extend) extend(action.id);
      else setActive(action.id);
    } else if (action.kind === 'toggle') toggle(action.id);
    else if (action.kind === 'show') show(action.id);
    else chooseAll();
  };
  const onClick = (event: MouseEvent): void => {
    const id = vmAt(event.target);
    if (id === null) return;
    const onCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
    if (event.shiftKey) extend(id);
    else if (onCheck || event.ctrlKey || event.metaKey) toggle(id);
    else {
      setActive(id);
      setAnchor(id);
      selectVms([id], 'list');
    }
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const id = vmAt(event.target) ?? active;
    if (id === null) return;
    if (!chosen.has(id)) selectVms([id], 'list');
    setActive(id);
    const box = document.getElementById(vmRowElementId(id))?.getBoundingClientRect();
    const byMouse = vmAt(event.target) !== null;
    setMenu(byMouse ? { x: event.clientX, y: event.clientY } : { x: (box?.left ?? 0) + 48, y: box?.bottom ?? 0 });
  };

  return (
    <div className="vm-table">
      <div className="vm-table-bar">
        <h3 className="strong">{poolDetails.vms}</h3>
        <span className="muted">{poolDetails.counts(total, selectedHere)}</span>
        <span className="grow" />
        <Segmented<VmFilter>
          flat
          label={poolDetails.filter}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: poolDetails.all },
            { value: 'on', label: poolDetails.poweredOn(counts.on) },
            { value: 'off', label: poolDetails.poweredOff(counts.off) },
            ...(counts.other > 0 ? [{ value: 'other', label: poolDetails.other(counts.other) } as const] : []),
          ]}
        />
      </div>
      {ids.length === 0 ? (
        <EmptyState
          icon="vm-off"
          title={total === 0 ? poolDetails.noVmsTitle : poolDetails.noVmsFiltered}
          text={total === 0 ? poolDetails.noVmsText : undefined}
        />
      ) : (
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
          onKeyDown={onKeyDown}
          onClick={onClick}
          onDoubleClick={(event) => {
            const id = vmAt(event.target);
            if (id !== null) show(id);
          }}
          onContextMenu={onContextMenu}
          onFocus={() => {
            if (activeLine === -1) setActive(ids[0] ?? null);
          }}
        >
          <VmTableHead
            sorting={sorting}
            showsPool={showsPool}
            checked={selectedHere === 0 ? 'none' : selectedHere === ids.length ? 'all' : 'some'}
            onSort={(column) => setSorting(nextSorting(sorting, column))}
            onCheck={chooseAll}
          />
          <tbody className="vm-grid-body" style={{ height: virtualizer.getTotalSize() }}>
            {withPinned(virtualizer.getVirtualItems(), [activeLine, draggedLine], rowHeight).map(({ index, start }) => {
              const id = ids[index];
              return id === undefined ? null : (
                <VmTableRow
                  key={id}
                  id={id}
                  line={index}
                  top={start}
                  active={index === activeLine}
                  showsPool={showsPool}
                />
              );
            })}
          </tbody>
        </table>
      )}
      <CommandMenu
        at={menu}
        onClose={() => {
          setMenu(null);
          list.current?.focus();
        }}
      />
    </div>
  );
};

interface Placed {
  readonly index: number;
  readonly start: number;
}

/** The rows in sight, and those that must stay in the page: the active one and the one a drag began on. */
const withPinned = (visible: readonly Placed[], pinned: readonly number[], height: number): readonly Placed[] => {
  const missing = pinned.filter((line) => line !== -1 && !visible.some(({ index }) => index === line));
  return [...visible, ...[...new Set(missing)].map((index) => ({ index, start: index * height }))];
};

const nextSorting = (sorting: Sorting, column: VmColumn): Sorting => ({
  column,
  direction: sorting.column === column && sorting.direction === 'ascending' ? 'descending' : 'ascending',
});

const vmAt = (target: EventTarget): EntityId | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-vm]') : null;
  return (row?.dataset.vm as EntityId | undefined) ?? null;
};
