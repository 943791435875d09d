import { describe, expect, it } from 'vitest';
import { findLost, type LostQuestion, taskOfImage } from '../../../../electron/migration/cold/find-lost.ts';
import type { EvacuationImage, ImageRecord } from '../../../../shared/domain/evacuation.ts';
import { nothingColdYet } from '../../../../shared/domain/fold-cold.ts';
import { taskId } from '../../../../shared/domain/ids.ts';
import type { TaskView } from '../../../../shared/domain/task.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { anEvacuationPlan } from '../../../support/cold-moves.ts';
import { aPool, aVm, defaultSite, destinationOf } from '../../../support/inventory-builders.ts';
import { originPlacement } from '../../../support/task-samples.ts';
import { aTaskView } from '../../../support/task-views.ts';

const recordOf = (vm: VirtualMachine): ImageRecord => ({
  format: 1,
  id: `image-of-${vm.name}`,
  console: '0.1.0',
  task: taskId(12),
  site: vm.site,
  siteName: 'Site A',
  platform: 'vmware',
  vm,
  origin: {
    placement: originPlacement,
    placeName: 'pool-01',
    destination: destinationOf(aPool()),
    hostName: 'esx-01',
    networks: [],
  },
  parkedName: `${vm.name} (parked T-12)`,
  descriptor: 'vm.ovf',
  manifest: 'vm.mf',
  files: [],
  createdAt: 1_000,
});

const imageOf = (vm: VirtualMachine, facts: Partial<EvacuationImage> = {}): EvacuationImage => ({
  folder: '/evacuation',
  name: `${vm.name} T-12`,
  state: 'sealed',
  record: recordOf(vm),
  bytes: 1_000,
  task: null,
  problem: null,
  ...facts,
});

const crm = aVm({ name: 'crm-01', powerState: 'off' });

const other: Partial<VirtualMachine> = { id: aVm({ name: 'other' }).id, instanceUuid: 'uuid-of-other' };

const ask = (
  images: readonly EvacuationImage[],
  vms: readonly VirtualMachine[] | null,
  facts: Partial<LostQuestion> = {},
): readonly string[] =>
  findLost({
    images,
    open: [],
    taskOf: () => null,
    vmsOf: () => vms,
    uuidOf: (id) => vms?.find((vm) => vm.id === id)?.instanceUuid,
    sites: [defaultSite],
    ...facts,
  }).map((lost) => (lost.kind === 'twice' ? `twice ${lost.vmName} ${lost.vms.length}` : lost.kind));

describe('the finder of lost VMs', () => {
  it('comes upon an image whose VM is nowhere', () => {
    expect(ask([imageOf(crm)], [aVm()])).toEqual(['only-an-image']);
  });

  it.each([
    ['is where it was', [crm]],
    ['has its name back', [aVm({ name: 'crm-01', id: aVm({ name: 'other' }).id })]],
    ['was registered anew under another name', [aVm({ name: 'crm-old', instanceUuid: 'uuid-of-crm-01' })]],
  ])('says nothing of an image whose VM %s', (_, vms) => {
    expect(ask([imageOf(crm)], vms)).toEqual([]);
  });

  it('says nothing of a VM whose site was never read, and nothing of what an open task is busy with', () => {
    expect(ask([imageOf(crm)], null)).toEqual([]);
    expect(ask([imageOf(crm, { task: taskId(12) })], [])).toEqual([]);
  });

  it('comes upon what was begun and never sealed', () => {
    expect(ask([imageOf(crm, { state: 'partial', record: null })], [crm])).toEqual(['left-over-partial']);
    expect(ask([imageOf(crm, { state: 'partial' })], [crm])).toEqual(['left-over-partial']);
  });

  it('comes upon an image that was to be deleted, and does not call it a copy to keep', () => {
    expect(ask([imageOf(crm, { state: 'deleting' })], [aVm()])).toEqual(['half-deleted']);
    expect(ask([imageOf(crm, { state: 'deleting', record: null })], [crm])).toEqual(['half-deleted']);
  });

  it('comes upon a whole copy that was never sealed and is all there is, and does not call it a left-over', () => {
    expect(ask([imageOf(crm, { state: 'partial' })], [aVm()])).toEqual(['only-an-unsealed-image']);
    expect(ask([imageOf(crm, { state: 'partial' })], null)).toEqual([]);
  });

  it('comes upon a parked source that no task remembers, alone or beside its copy', () => {
    const parked = aVm({ ...crm, name: 'crm-01 (parked T-12)' });
    expect(ask([], [parked])).toEqual(['parked-without-task']);
    expect(ask([], [parked, aVm({ name: 'crm-01' })])).toEqual(['twice crm-01 2']);
    const open = [aTaskView({ move: { ...aTaskView().header.move, vm: parked.id } })];
    expect(ask([], [parked], { open })).toEqual([]);
  });

  describe('of a VM that is parked because it was evacuated alone', () => {
    const parked = aVm({ ...crm, name: 'crm-01 (parked T-12)', instanceUuid: 'uuid-of-crm-01' });
    const image = imageOf(aVm({ ...crm, instanceUuid: 'uuid-of-crm-01' }));
    const { header } = aTaskView();

    const evacuation = (facts: { readonly part?: 'evacuate' | 'whole'; readonly id?: string } = {}): TaskView =>
      aTaskView({
        number: 12,
        state: 'completed',
        move: { ...header.move, vm: parked.id, evacuation: anEvacuationPlan({ part: facts.part ?? 'evacuate' }) },
        cold: {
          ...nothingColdYet,
          image: {
            folder: image.folder,
            name: image.name,
            id: facts.id ?? 'image-of-crm-01',
            state: 'sealed',
            bytes: 1_000,
          },
        },
      });
    const asked = (images: readonly EvacuationImage[], vm: VirtualMachine, task: TaskView | null): readonly string[] =>
      ask(images, [vm], { taskOf: (id) => (id === taskId(12) ? task : null) });

    it('says nothing, also when it was registered anew', () => {
      expect(asked([image], parked, evacuation())).toEqual([]);
      expect(asked([image], { ...parked, id: aVm({ name: 'anew' }).id }, evacuation())).toEqual([]);
    });

    it.each<[string, readonly EvacuationImage[], VirtualMachine, TaskView | null]>([
      ['has no image any more', [], parked, evacuation()],
      ['has a damaged image', [{ ...image, state: 'damaged' }], parked, evacuation()],
      ['has an image of a VM that only has the same name', [image], { ...parked, ...other }, evacuation()],
      ['was parked by a task that the log does not know', [image], parked, null],
      ['was parked by another console', [image], parked, evacuation({ id: 'another' })],
      ['was parked by a task that was to restore it', [image], parked, evacuation({ part: 'whole' })],
      ['was parked by a task that failed', [image], parked, { ...evacuation(), state: 'failed' }],
    ])('comes upon it when it %s', (_, images, vm, task) => {
      expect(asked(images, vm, task)).toEqual(['parked-without-task']);
    });
  });

  it('knows the task an image belongs to', () => {
    const image = imageOf(crm);
    const { folder, name } = image;
    const writing = { ...nothingColdYet, image: { folder, name, id: 'i', state: 'writing' as const, bytes: null } };
    expect(taskOfImage(image, [aTaskView({ number: 7, cold: writing })])).toBe(7);
    expect(taskOfImage(image, [aTaskView({ number: 7 })])).toBeNull();
  });
});
