import { act, screen, waitFor } from '@testing-library/react';
import { DndProvider } from 'react-dnd';
import { HTML5Backend } from 'react-dnd-html5-backend';
import { beforeEach, describe, expect, test } from 'vitest';
import { DetailsPane } from '../../../renderer/features/pool-details/details-pane.tsx';
import { setAnnotations } from '../../../renderer/stores/annotations.ts';
import { selectPlace, useSelection } from '../../../renderer/stores/selection.ts';
import { useVmOverviews } from '../../../renderer/stores/vm-overviews.ts';
import { nothingSaid } from '../../../shared/domain/annotation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { aSiteStatus, type FakeBridgeOptions } from '../../support/fake-bridge.ts';
import { aVm } from '../../support/inventory-builders.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';
import { infrastructure, vms, web, web1, web10 } from '../inventory-tree/sample-site.ts';

const facts: readonly VirtualMachine[] = [
  aVm({ ...web1, otherDevices: [{ key: '13000', type: 'pci-pass-through', label: 'PCI device 1' }] }),
  aVm(web10),
];

const open = (answers: FakeBridgeOptions['answers'] = {}) => {
  const bridge = prepareWindow({
    sites: [aSiteStatus({ name: 'vc-tokyo' })],
    infrastructure,
    vms,
    answers: {
      'inventory.facts': ({ ids }) => facts.filter((vm) => ids.includes(vm.id)).map((vm) => ({ vm, readAt: 1 })),
      ...answers,
    },
  });
  useSelection.setState(useSelection.getInitialState(), true);
  selectPlace(web.id);
  show(
    <DndProvider backend={HTML5Backend}>
      <DetailsPane />
    </DndProvider>,
  );
  return bridge;
};

const row = (name: string) => screen.getByRole('row', { name: new RegExp(name, 'u') }).textContent;

beforeEach(() => {
  setAnnotations(nothingSaid);
  useVmOverviews.setState({ examined: new Map() });
});

describe('what a list says of its VMs', () => {
  test('how much stands against moving each, and what', async () => {
    open();
    await waitFor(() => expect(row('web-01')).toContain('1A device of the physical host is passed through'));
    expect(row('web-10')).toContain('None');
  });

  test('a lock takes its place at once', async () => {
    open();
    await waitFor(() => expect(row('web-10')).toContain('None'));
    const lock = { vm: web10.id, vmName: 'web-10', by: 'k.sato', reason: 'Audit', at: 1 };
    act(() => setAnnotations({ ...nothingSaid, locks: [lock] }));
    expect(row('web-10')).toContain('Locked by k.sato: Audit');
  });

  test('claims nothing where the facts cannot be read', async () => {
    const bridge = open({ 'inventory.facts': () => Promise.reject(new AppError('internal', { detail: 'x' })) });
    await waitFor(() => expect(bridge.asked.some(({ name }) => name === 'inventory.facts')).toBe(true));
    expect(row('web-01')).not.toContain('None');
  });
});
