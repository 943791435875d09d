import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packageProblems } from '../../../ovf/ovf-package.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { consoleForTest } from '../../../support/vcsim-cold-trial.ts';

/*
 * The server writes the descriptor of a VM, and the console keeps it to the letter, as it has to give it back to a
 * server. So what is wrong with one of these would be wrong with the simulator's; what is about it, with the console.
 */

const pool = 'production-1-a';

describeWithVcsim('the image of an evacuated VM of a vCenter', () => {
  let vcsim: Vcsim;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 8, clusters: 2, hosts: 2, scenarios: false });
  });
  afterAll(() => vcsim?.stop());

  const create = (name: string, ...facts: readonly string[]): Promise<unknown> =>
    vcsim.govc('vm.create', '-on=false', '-pool', pool, '-ds', 'datastore-1', '-net', 'dvpg-vlan-200', ...facts, name);
  const addDisk = (vm: string, name: string): Promise<unknown> =>
    vcsim.govc('vm.disk.create', '-vm', vm, '-ds', 'datastore-1', '-name', name, '-size', '1G');
  const disk = ['-disk', '2G'];

  it.each<[shape: string, name: string, disks: number, adapters: number, make: (name: string) => Promise<unknown>]>([
    [
      'no network',
      'alone',
      1,
      0,
      async (name) => {
        await create(name, ...disk);
        await vcsim.govc('device.remove', '-vm', name, 'ethernet-0');
      },
    ],
    ['no disk', 'diskless', 0, 1, (name) => create(name)],
    [
      'three disks',
      'store',
      3,
      1,
      async (name) => {
        await create(name, ...disk);
        for (const each of ['second', 'third']) await addDisk(name, `${name}/${each}`);
      },
    ],
    [
      'two networks, two adapters on one of them',
      'gateway',
      1,
      3,
      async (name) => {
        await create(name, ...disk);
        for (const each of ['dvpg-vlan-200', 'dvpg-vlan-201'])
          await vcsim.govc('vm.network.add', '-vm', name, '-net', each);
      },
    ],
    ['a Japanese name', '受注管理 01', 1, 1, (name) => create(name, ...disk)],
    ['a name that XML has to escape', `<R&D> "a" 'b'`, 1, 1, (name) => create(name, ...disk)],
  ])('is an OVF package: %s', async (_, name, disks, adapters, make) => {
    await make(name);
    const opened = await consoleForTest(vcsim);
    const view = await opened.run(opened.move(name, pool, { part: 'evacuate', imagePolicy: 'keep' }));
    expect(`${view.state} ${view.error?.code ?? '-'}`).toBe('completed -');
    const [image = ''] = readdirSync(opened.folder);
    const directory = join(opened.folder, image);
    expect(packageProblems(directory, 'vm')).toEqual([]);
    const files = readdirSync(directory);
    expect(files.filter((each) => each.endsWith('.vmdk'))).toHaveLength(disks);
    // The simulator has one for every VM; drives it does not describe.
    expect(files.filter((each) => each.endsWith('.nvram'))).toHaveLength(1);
    const descriptor = readFileSync(join(directory, 'vm.ovf'), 'utf8');
    expect(descriptor.match(/<rasd:ResourceType>10</g) ?? []).toHaveLength(adapters);
    // The sizes are compared where they are told: they all are.
    expect(descriptor.match(/<File [^>]*ovf:size="[1-9]/g)).toHaveLength(disks + 1);
  });
});
