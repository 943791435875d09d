import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, useCallback, useEffect, useId, useMemo, useRef } from 'react';
import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useDrag } from '../../stores/drag.ts';
import { useSelection } from '../../stores/selection.ts';
import { useListDragSource } from '../drag/use-list-drag-source.ts';
import { useListDropTarget } from '../drag/use-list-drop-target.ts';
import { useOpenOnHover } from '../drag/use-open-on-hover.ts';
import { PlaceRow } from './place-row.tsx';
import { SiteRow } from './site-row.tsx';
import { rowElementId } from './tree-row-frame.tsx';
import type { RowId, TreeRow } from './tree-rows.ts';
import { chooseRow, extendTo, toggleRow } from './tree-selection.ts';
import { setActive, setExpanded, useTree } from './tree-state.ts';
import { useEdgeScroll } from './use-edge-scroll.ts';
import { useTreeKeyboard } from './use-tree-keyboard.ts';
import type { VisibleTree } from './use-tree-rows.ts';
import { VmRow } from './vm-row.tsx';

export const treeRowHeight = 28;

export interface TreeListProps {
  readonly tree: VisibleTree;
  /** Asked for at this point of the window (CSS pixels): the menu of the row that is active. */
  readonly onMenu: (at: { readonly x: number; readonly y: number }) => void;
}

/** The rows that are in sight, and the active one, which the list's focus points at. */
export const TreeList = ({ tree, onMenu }: TreeListProps) => {
  const { rows, indexOf } = tree;
  const messages = useMessages();
  const helpId = useId();
  const list = useRef<HTMLDivElement>(null);
  const active = useTree((state) => state.active);
  const view = useTree((state) => state.view);
  const searching = tree.search !== null;
  const dragging = useDrag((state) => state.drag !== null);
  const activeLine = useMemo(() => indexOf(active), [indexOf, active]);

  const rangeExtractor = useCallback(
    (range: Range) => {
      const lines = defaultRangeExtractor(range);
      if (activeLine === -1 || activeLine >= range.count || lines.includes(activeLine)) return lines;
      return [...lines, activeLine].sort((left, right) => left - right);
    },
    [activeLine],
  );
  // The same one as long as the rows are the same: with another one all rows are measured anew, in each frame of a scroll.
  const getItemKey = useCallback((line: number) => rows[line]?.id ?? line, [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    estimateSize: () => treeRowHeight,
    getItemKey,
    overscan: 10,
    rangeExtractor,
  });

  // Once for each row the keyboard goes to: rows that open or come above it must not pull the list away from under the
  // pointer, least of all while that holds VMs.
  const shown = useRef<string | null>(null);
  useEffect(() => {
    const wanted = `${view} ${searching} ${active}`;
    if (activeLine === -1 || shown.current === wanted) return;
    shown.current = wanted;
    virtualizer.scrollToIndex(activeLine, { align: 'auto' });
  }, [view, searching, active, activeLine, virtualizer]);
  useEdgeScroll(list);
  const dragSource = useListDragSource(list, rowAt, 'show');
  const dropTarget = useListDropTarget(list, rowAt);
  const isClosed = (id: RowId): boolean => {
    const row = rows[indexOf(id)];
    return row?.expandable === true && !row.expanded;
  };
  useOpenOnHover(isClosed, open);

  const pageLines = () => Math.max(1, Math.floor((list.current?.clientHeight ?? treeRowHeight) / treeRowHeight) - 1);
  const onKeyDown = useTreeKeyboard(tree, pageLines);

  const onClick = (event: MouseEvent): void => {
    const id = rowAt(event.target);
    const row = id === null ? undefined : rows[indexOf(id)];
    if (id === null || row === undefined) return;
    if (event.target instanceof Element && event.target.closest('[data-twisty]') !== null && row.expandable) {
      setActive(id);
      setExpanded(id, !row.expanded);
    } else if (event.shiftKey) extendTo(rows, indexOf, id);
    else if (event.ctrlKey || event.metaKey) toggleRow(id);
    else chooseRow(id);
  };
  const onDoubleClick = (event: MouseEvent): void => {
    const id = rowAt(event.target);
    const row = id === null ? undefined : rows[indexOf(id)];
    if (id === null || row?.expandable !== true) return;
    if (event.target instanceof Element && event.target.closest('[data-twisty]') !== null) return;
    setExpanded(id, !row.expanded);
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    const id = rowAt(event.target);
    if (id !== null) {
      if (!useSelection.getState().vms.has(id as EntityId)) chooseRow(id);
      else setActive(id);
      onMenu({ x: event.clientX, y: event.clientY });
      return;
    }
    // From the keyboard (Shift+F10, menu key): at the active row.
    if (active === null) return;
    if (!useSelection.getState().vms.has(active as EntityId)) chooseRow(active);
    const box = document.getElementById(rowElementId(active))?.getBoundingClientRect();
    if (box !== undefined) onMenu({ x: box.left + 48, y: box.bottom });
  };

  return (
    <div
      ref={list}
      className={`tree-list${dragging ? ' tree-dragging' : ''}`}
      role="tree"
      aria-label={messages.tree.inventory}
      aria-multiselectable="true"
      aria-describedby={helpId}
      aria-activedescendant={active !== null && activeLine !== -1 ? rowElementId(active) : undefined}
      tabIndex={0}
      {...dragSource}
      {...dropTarget}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onContextMenu={onContextMenu}
      onFocus={(event) => {
        // Not for a press of the mouse, which goes to the row it hits: going to the first would scroll that away.
        const byKeys = event.target.matches(':focus-visible');
        if (byKeys && indexOf(useTree.getState().active) === -1) setActive(rows[0]?.id ?? null);
      }}
      data-pane="tree"
    >
      <span id={helpId} hidden>
        {messages.tree.dragHelp}
      </span>
      <div className="tree-sizer" role="none" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <AnyRow key={row.id} row={row} top={item.start} active={item.index === activeLine} />
          );
        })}
      </div>
    </div>
  );
};

const open = (id: RowId): void => setExpanded(id, true);

const AnyRow = ({ row, top, active }: { readonly row: TreeRow; readonly top: number; readonly active: boolean }) => {
  const { kind, id, ...rest } = row;
  const place = { ...rest, top, active };
  switch (kind) {
    case 'site':
      return <SiteRow {...place} id={id as SiteId} />;
    case 'place':
      return <PlaceRow {...place} id={id as EntityId} />;
    case 'vm':
      return <VmRow {...place} id={id as EntityId} />;
    default: {
      const never: never = kind;
      return never;
    }
  }
};

const rowAt = (target: EventTarget): RowId | null => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return (row?.dataset.row as RowId | undefined) ?? null;
};
