import { beforeEach, describe, expect, test } from 'vitest';
import { dropOutcome, opensDialog } from '../../../renderer/features/drag/drop-outcome.ts';
import { dropWords } from '../../../renderer/features/drag/drop-words.ts';
import { setAnnotations } from '../../../renderer/stores/annotations.ts';
import type { Drag } from '../../../renderer/stores/drag.ts';
import { useInventory } from '../../../renderer/stores/inventory.ts';
import { useSites } from '../../../renderer/stores/sites.ts';
import { nothingSaid } from '../../../shared/domain/annotation.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import { catalog } from '../../../shared/messages/catalog.ts';
import { aSiteStatus } from '../../support/fake-bridge.ts';
import { aNetwork, aVm, defaultSite, GIB } from '../../support/inventory-builders.ts';
import { cluster, datastore, esx1, infrastructure, staging, vms, web } from '../inventory-tree/sample-site.ts';

const network = aNetwork({ name: 'net-01' });
const host = { ...esx1, networks: [network.id] };

const inWeb = (name: string, facts: Partial<VirtualMachine> = {}): VirtualMachine =>
  aVm({ name, pool: web.id, host: esx1.id, datastores: [datastore.id], ...facts });

const held = (...dragged: readonly VirtualMachine[]): Drag => ({
  by: 'mouse',
  vms: dragged,
  ids: new Set(dragged.map((vm) => vm.id)),
  facts: new Map(dragged.map((vm) => [vm.id, { vm, readAt: 1_000 }])),
});

const stand = (...dragged: readonly VirtualMachine[]) =>
  useInventory.getState().index.apply({
    site: defaultSite,
    reset: true,
    infrastructure: [...infrastructure, network, host],
    vms: [...vms, ...dragged],
    removals: [],
    complete: true,
  });

const outcome = (...dragged: readonly VirtualMachine[]) => {
  stand(...dragged);
  return dropOutcome(held(...dragged), staging);
};

const withPci = (name: string) =>
  inWeb(name, { otherDevices: [{ key: '13000', type: 'pci-pass-through', label: 'PCI device 1' }] });

beforeEach(() => {
  useSites.setState({ loaded: true, sites: [aSiteStatus({ name: 'vc-tokyo' })] });
  setAnnotations(nothingSaid);
});

describe('once the facts of the dragged VMs are there', () => {
  test('a VM nothing is to be said of is allowed: what the window cannot know is no warning', () => {
    expect(outcome(inWeb('plain'))).toEqual({ kind: 'allowed' });
  });

  test('a device that cannot go along blocks its VM, the others may go', () => {
    expect(outcome(withPci('pci-01'))).toMatchObject({ kind: 'refused', findings: [{ ruleId: 'X4' }] });
    expect(outcome(withPci('pci-01'), inWeb('plain'))).toMatchObject({ kind: 'some-blocked', blocked: 1, all: 2 });
  });

  test('warnings are counted and the first three kinds of reason are told', () => {
    const warned = inWeb('rules-01', { placementRules: ['keep-apart'], host: null });
    const found = outcome(warned);
    expect(found?.kind).toBe('warnings');
    if (found?.kind !== 'warnings') return;
    expect(found.findings.every(({ severity }) => severity === 'warning')).toBe(true);
    const words = dropWords(found, 'rp-staging', catalog.en, 'en');
    expect(words.badge).toMatch(/warning/u);
    expect(words.reasons.length).toBeLessThanOrEqual(3);
  });

  const elsewhere = (name: string): Partial<VirtualMachine> => ({
    adapters: [
      {
        key: '4000',
        label: 'Network adapter 1',
        network: 'vc/network:gone' as VirtualMachine['id'],
        networkName: name,
      },
    ],
  });

  test('a network that is missing there is mapped in the dialog, which letting go opens', () => {
    const found = outcome(inWeb('mapped-01', elsewhere('VLAN-9')));
    expect(found).toMatchObject({ kind: 'warnings', findings: [{ ruleId: 'X8', severity: 'blocker' }] });
    if (found === null) return;
    expect(opensDialog(found)).toBe(true);
    const { reasons } = dropWords(found, 'rp-staging', catalog.en, 'en');
    expect(reasons).toEqual([
      'mapped-01, Network adapter 1 uses VLAN-9; rp-staging has no such network. Map the adapter to another network, or choose another host.',
    ]);
  });

  test('where there is no network at all, there is nothing to map to', () => {
    const vm = inWeb('nowhere', elsewhere('VLAN-9'));
    stand(vm);
    useInventory.getState().index.apply({
      site: defaultSite,
      reset: false,
      infrastructure: [{ ...host, networks: [] }],
      vms: [],
      removals: [],
      complete: true,
    });
    expect(dropOutcome(held(vm), staging)).toMatchObject({ kind: 'refused', findings: [{ ruleId: 'X8' }] });
  });

  test('a device that is taken out in the dialog refuses nothing either, as long as the VM is off', () => {
    const usb = { otherDevices: [{ key: '7000', type: 'usb' as const, label: 'USB 1' }] };
    const found = outcome(inWeb('usb-01', { powerState: 'off', ...usb }));
    expect(found).toMatchObject({ kind: 'warnings', findings: [{ ruleId: 'S2', severity: 'blocker' }] });
    expect(outcome(inWeb('held', { powerState: 'off', busyWith: 'Backup', ...usb }))).toMatchObject({
      kind: 'refused',
    });
  });

  test('what the dialog solves and what it does not', () => {
    const both = outcome(withPci('pci-03'), inWeb('mapped-02', elsewhere('VLAN-9')));
    expect(both).toMatchObject({ kind: 'some-blocked', blocked: 1, all: 2 });
  });

  test('a lock blocks, and is lifted for the next drag', () => {
    const vm = inWeb('kept');
    setAnnotations({ ...nothingSaid, locks: [{ vm: vm.id, vmName: 'kept', by: 'k.sato', reason: 'Audit', at: 1 }] });
    expect(outcome(vm)).toMatchObject({ kind: 'refused', findings: [{ ruleId: 'X19' }] });
    setAnnotations(nothingSaid);
    expect(outcome(vm)).toEqual({ kind: 'allowed' });
  });

  test('a warning accepted in advance is no reason any more', () => {
    const vm = inWeb('near');
    const memory = { ...host, memoryTotalBytes: 64 * GIB, memoryUsedBytes: 64 * GIB };
    const far = inWeb('far', { host: null });
    stand(vm, far);
    useInventory.getState().index.apply({
      site: defaultSite,
      reset: false,
      infrastructure: [memory],
      vms: [],
      removals: [],
      complete: true,
    });
    expect(dropOutcome(held(far), staging)).toMatchObject({ kind: 'warnings', findings: [{ ruleId: 'X11' }] });
    const until = Date.now() + 60_000;
    const waiver = {
      site: defaultSite,
      vm: far.id,
      vmName: 'far',
      ruleId: 'X11',
      by: 'me',
      reason: 'ok',
      at: 1,
      until,
    };
    setAnnotations({ ...nothingSaid, waivers: [waiver] });
    expect(dropOutcome(held(far), staging)).toEqual({ kind: 'allowed' });
  });

  test('what the tree says newer than the facts counts', () => {
    const vm = inWeb('stopped');
    stand({ ...vm, powerState: 'suspended' });
    expect(dropOutcome({ ...held(vm), vms: [{ ...vm, powerState: 'suspended' }] }, staging)).toMatchObject({
      kind: 'refused',
      findings: [{ ruleId: 'D5' }],
    });
  });

  test('a powered-off VM goes cold: allowed, and refused for what only cold migration cannot take along', () => {
    const disks = [
      { key: '2001', label: 'Hard disk 2', capacityBytes: GIB, backing: 'raw-device-mapping' as const, shared: false },
    ];
    expect(outcome(inWeb('off', { powerState: 'off' }))).toEqual({ kind: 'allowed' });
    expect(outcome(inWeb('rdm', { powerState: 'off', disks }))).toMatchObject({
      kind: 'refused',
      findings: [{ ruleId: 'S12' }],
    });
    expect(outcome(inWeb('rdm-on', { disks }))?.kind).not.toBe('refused');
    expect(outcome(inWeb('running'), inWeb('rdm', { powerState: 'off', disks }))).toMatchObject({
      kind: 'some-blocked',
      blocked: 1,
      all: 2,
    });
  });

  test('the cluster above answers for its hosts', () => {
    const vm = withPci('pci-02');
    stand(vm);
    expect(dropOutcome(held(vm), cluster)).toMatchObject({ kind: 'refused' });
  });
});
