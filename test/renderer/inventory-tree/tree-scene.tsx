import { act, fireEvent, screen } from '@testing-library/react';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { DragLayer } from '../../../renderer/features/drag/drag-layer.tsx';
import { InventoryTree } from '../../../renderer/features/inventory-tree/inventory-tree.tsx';
import { resetTree, setExpanded } from '../../../renderer/features/inventory-tree/tree-state.ts';
import { LiveRegions } from '../../../renderer/shell/live-regions.tsx';
import { endDrag } from '../../../renderer/stores/drag.ts';
import { useSelection } from '../../../renderer/stores/selection.ts';
import { aSiteStatus, type FakeBridge } from '../../support/fake-bridge.ts';
import { prepareWindow, show, type WindowOptions } from '../../support/window-harness.tsx';
import { infrastructure, prod, vms, web } from './sample-site.ts';

/** The tree over the sample site, with what hangs on the mouse and what is spoken. */
export const showTree = (options: WindowOptions = {}): FakeBridge => {
  const bridge = prepareWindow({
    sites: [aSiteStatus({ name: 'vc-tokyo' })],
    infrastructure,
    vms,
    ...options,
  });
  resetTree();
  endDrag();
  useSelection.setState(useSelection.getInitialState(), true);
  show(
    <DndProvider backend={HTML5Backend}>
      <InventoryTree />
      <DragLayer />
      <LiveRegions />
    </DndProvider>,
  );
  return bridge;
};

export const openPools = () =>
  act(() => {
    setExpanded(prod.id, true);
    setExpanded(web.id, true);
  });

export const row = (name: string) => screen.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`, 'u') });
export const spoken = () => screen.getByTestId('announcements').textContent;
export const warned = () =>
  screen
    .getAllByRole('alert')
    .map((region) => region.textContent)
    .join(' ');

/** Drags with the events a browser makes; what happens between press and release is left to the test. */
export const drag = (name: string) => {
  fireEvent.mouseDown(row(name));
  fireEvent.dragStart(row(name));
};
export const carryOver = (name: string) => {
  fireEvent.dragEnter(row(name));
  fireEvent.dragOver(row(name));
};
