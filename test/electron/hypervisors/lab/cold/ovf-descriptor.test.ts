import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DescribedVm, describeVm } from '../../../../../electron/hypervisors/lab/cold/described-vm.ts';
import { writeDescriptor } from '../../../../../electron/hypervisors/lab/cold/descriptor.ts';
import type { VirtualMachine } from '../../../../../shared/domain/virtual-machine.ts';
import { packageProblems } from '../../../../ovf/ovf-package.ts';
import { ovfProblems } from '../../../../ovf/ovf-schema.ts';
import { openColdConsole } from '../../../../support/cold-console.ts';
import { temporaryDirectory } from '../../../../support/temporary-directory.ts';
import { openLab } from '../lab-bench.ts';
import { anyDescribedVm, filesOf } from './described-vms.ts';

/** Files as the console names them, never after a VM; and networks that differ in what XML can carry. */
const ofThisWorld = (vm: DescribedVm): DescribedVm => ({
  ...vm,
  adapters: vm.adapters.map((each, index) => ({ ...each, network: each.network && `${each.network} ${index}` })),
  disks: vm.disks.map((disk, index) => ({ ...disk, file: `disk-${index + 1}.vmdk` })),
});

const problemsOf = (vm: DescribedVm): readonly string[] => ovfProblems(writeDescriptor('vmware', vm, filesOf(vm)).text);

describe('the OVF descriptors of the lab', () => {
  it.each([
    ['a person can read', undefined],
    ['no XML can carry as they are', fc.string({ minLength: 1, maxLength: 20, unit: 'binary' })],
  ])('are valid whatever names there are that %s', (_, name) => {
    fc.assert(
      fc.property(anyDescribedVm('vmware', name).map(ofThisWorld), (vm) => {
        expect(problemsOf(vm)).toEqual([]);
      }),
    );
  });

  it('are valid for every VM of the lab', async () => {
    const { server } = await openLab('vmware');
    const vms = [...server.world.entities()].filter((entity) => entity.kind === 'virtual-machine');
    const found = vms.map((vm) => {
      const described = describeVm(server.world, vm, 'origin', (key) => `file-${key}.vmdk`);
      return { vm: vm.name, problems: problemsOf(described) };
    });
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter(({ problems }) => problems.length > 0)).toEqual([]);
  });
});

const shapes: readonly (readonly [shape: string, vmName: string, facts: Partial<VirtualMachine>])[] = [
  ['several disks and a file of the firmware', 'archive-01', {}],
  ['a CD-ROM drive', 'payroll-01', {}],
  [
    'a floppy drive, a BIOS and no network',
    'legacy-dos-01',
    { floppies: [{ key: '8000', label: 'Floppy', media: 'none' }], adapters: [] },
  ],
  ['a Japanese name', '受注管理-01', {}],
  ['a name that XML has to escape', 'report-02', { name: '<受注> & "管理" \'R&D\'' }],
];

describe('the image of an evacuated VM of the lab', () => {
  it.each(shapes)('is an OVF package: %s', async (_, vmName, facts) => {
    const opened = await openColdConsole({ directory: temporaryDirectory(), largestImageBytes: 1 << 20 });
    onTestFinished(() => opened.closeFiles());
    await opened.connect();
    const original = opened.vm(vmName);
    if (original === undefined) throw new Error(`no ${vmName}`);
    const vm = { ...original, ...facts };
    opened.server.world.change({ upserts: [vm], removals: [] });
    const [task] = opened.submit(opened.move(vm.name, 'esx06', { part: 'evacuate', imagePolicy: 'keep' }));
    if (task === undefined) throw new Error('no task');
    await opened.quiet();
    expect(opened.view(task)).toMatchObject({ state: 'completed', error: null });
    const [image = ''] = readdirSync(opened.folder);
    const directory = join(opened.folder, image);
    expect(packageProblems(directory, 'vm')).toEqual([]);
    const files = readdirSync(directory);
    expect(files.filter((name) => name.endsWith('.vmdk'))).toHaveLength(vm.disks?.length ?? 0);
    expect(files.some((name) => name.endsWith('.nvram'))).toBe(vm.firmware === 'efi');
  });
});
