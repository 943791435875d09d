import { afterAll, beforeAll, expect, it } from 'vitest';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { type Console, openConsole, witnessAll } from './vcsim-site.ts';

describeWithVcsim('the inventory of a vCenter', () => {
  let vcsim: Vcsim;
  let site: Console;
  const vm = (name: string): VirtualMachine => site.named('virtual-machine', name);

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 230, clusters: 2, hosts: 2 });
    site = await openConsole(vcsim);
  });

  afterAll(async () => {
    await site?.close();
    await vcsim?.stop();
  });

  it('says of every VM what govc says', async () => {
    const powers = { on: 'poweredOn', off: 'poweredOff', suspended: 'suspended' } as Record<string, string>;
    const ours = site
      .all('virtual-machine')
      .map(({ name, host, pool, datastores, powerState }) => [
        name,
        { host, pool, datastores, power: powers[powerState] },
      ]);
    expect(ours).toHaveLength(230);
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(await witnessAll(vcsim)));
  });

  it('has every host, pool, vApp, datastore and network that govc finds', async () => {
    const found = async (...type: readonly string[]): Promise<number> => {
      const paths = await vcsim.govc<readonly string[]>('find', '/', ...type.flatMap((one) => ['-type', one]));
      return paths.length;
    };
    expect(site.all('host')).toHaveLength(await found('h'));
    expect(site.all('cluster')).toHaveLength(await found('c'));
    // To govc, vApps are pools, too.
    expect([...site.all('resource-pool'), ...site.all('vapp')]).toHaveLength(await found('p'));
    expect(site.all('vapp')).toHaveLength(await found('a'));
    expect(site.all('datastore')).toHaveLength(await found('s'));
    expect(site.all('network')).toHaveLength(await found('n', 'g'));
    expect(site.all('switch')).toHaveLength(await found('w'));
  });

  it('nests pools as they are nested, and hangs the root pool of a standalone host under the host', () => {
    const nested = site.named('resource-pool', 'production-1-a');
    const parent = site.named('resource-pool', 'production-1');
    const cluster = site.named('cluster', 'cluster-1');
    expect(nested).toMatchObject({ parent: parent.id, owner: cluster.id, isRoot: false });
    expect(parent.parent).toBe(cluster.rootPool);
    const alone = site.named('host', 'esx-alone-1.example');
    expect(alone).toMatchObject({ cluster: null });
    const root = site.all('resource-pool').find((pool) => pool.id === alone.rootPool);
    expect(root).toMatchObject({ parent: alone.id, owner: alone.id, isRoot: true });
  });

  it('tells the VLANs of port groups, standard and distributed, and private VLANs', () => {
    expect(site.named('network', 'dvpg-vlan-200').vlan).toEqual({ kind: 'vlan', id: 200 });
    expect(site.named('network', 'dvpg-pvlan-102').vlan).toEqual({ kind: 'private', secondaryId: 102 });
    expect(site.all('network').filter((network) => network.vlan?.kind === 'trunk').length).toBeGreaterThan(0);
    const [dvs] = site.all('switch');
    expect(dvs?.privateVlans).toContainEqual({ primaryId: 100, secondaryId: 101, type: 'isolated' });
    expect(site.named('network', 'dvpg-vlan-200').switch).toBe(dvs?.id);
    for (const host of site.all('host')) {
      expect(host.portGroups).toContainEqual(expect.objectContaining({ name: 'guest-tagging', vlanId: 4095 }));
    }
  });

  it('finds the device behind every precaution on the VM that has it, and on no other', () => {
    const having = (test: (machine: VirtualMachine) => boolean | undefined): readonly string[] =>
      site
        .all('virtual-machine')
        .filter((machine) => test(machine))
        .map(({ name }) => name);
    expect(having(({ otherDevices }) => otherDevices?.some(({ type }) => type === 'usb'))).toEqual(['scenario-usb']);
    expect(having(({ otherDevices }) => otherDevices?.some(({ type }) => type === 'pci-pass-through'))).toEqual([
      'scenario-pci-passthrough',
    ]);
    expect(having(({ otherDevices }) => otherDevices?.some(({ type }) => type === 'tpm'))).toEqual(['scenario-tpm']);
    expect(having(({ disks }) => disks?.some(({ backing }) => backing === 'raw-device-mapping'))).toEqual([
      'scenario-rdm',
    ]);
    expect(having(({ disks }) => disks?.some(({ backing }) => backing === 'pass-through'))).toEqual([
      'scenario-disk-passthrough',
    ]);
    expect(
      having(({ disks }) => disks?.some(({ mode, backing }) => mode === 'independent' && backing === 'file')),
    ).toEqual(['scenario-independent-disk']);
    expect(having(({ disks }) => disks?.some(({ shared }) => shared))).toEqual(['scenario-shared-bus']);
    const inserted = (drives: VirtualMachine['cdroms']): boolean | undefined =>
      drives?.some(({ media, connected }) => media === 'image' && connected);
    expect(having(({ cdroms }) => inserted(cdroms))).toEqual(['scenario-iso']);
    expect(having(({ floppies }) => inserted(floppies))).toEqual(['scenario-floppy']);
    expect(having(({ isTemplate }) => isTemplate)).toEqual(['scenario-template']);
    expect(having(({ condition }) => condition === 'disconnected')).toEqual(['scenario-disconnected']);
    expect(vm('scenario-rdm').disks).toContainEqual(expect.objectContaining({ compatibility: 'physical' }));
    const guestTagging = site.named('network', 'guest-tagging').id;
    expect(having(({ adapters }) => adapters?.some(({ network }) => network === guestTagging))).toEqual([
      'scenario-vlan-4095',
    ]);
  });

  it('lists snapshots with their parents', () => {
    const [monday, tuesday, wednesday, ...more] = vm('scenario-snapshots').checkpoints ?? [];
    expect([monday?.name, tuesday?.name, wednesday?.name]).toEqual(['monday', 'tuesday', 'wednesday']);
    expect([monday?.parent, tuesday?.parent, wednesday?.parent]).toEqual([null, monday?.id, tuesday?.id]);
    expect(monday?.createdAt).toBeGreaterThan(0);
    expect(more).toEqual([]);
    expect(vm('scenario-usb').checkpoints).toEqual([]);
  });

  it('shows what happens on the server, whole', async () => {
    const name = 'vm-0003';
    const { id } = vm(name);
    const now = (): VirtualMachine | undefined => site.watch.vm(id);
    await vcsim.govc('snapshot.create', '-vm', name, 'before-the-move');
    await site.watch.until(() => now()?.checkpoints?.some((one) => one.name === 'before-the-move') === true);
    const disks = now()?.disks?.length ?? 0;
    await vcsim.govc('vm.disk.create', '-vm', name, '-name', `${name}/more`, '-size', '1G', '-ds', 'datastore-1');
    await site.watch.until(() => now()?.disks?.length === disks + 1);
    expect(now()?.diskBytes).toBe((now()?.disks ?? []).reduce((sum, disk) => sum + disk.capacityBytes, 0));
    const wasOn = now()?.powerState === 'on';
    await vcsim.govc('vm.power', wasOn ? '-off' : '-on', '-force', name);
    await site.watch.until(() => now()?.powerState === (wasOn ? 'off' : 'on'));
    expect(now()).toMatchObject({ name, id, instanceUuid: vm(name).instanceUuid });
  });

  it('shows VMs that come and pools that go', async () => {
    await vcsim.govc(
      'vm.clone',
      '-vm',
      'vm-0004',
      '-on=false',
      '-ds',
      'datastore-1',
      '-pool',
      '/dc-1/host/cluster-1/Resources',
      'brand-new',
    );
    const names = (): readonly string[] => site.all('virtual-machine').map(({ name }) => name);
    await site.watch.until(() => names().includes('brand-new'));
    // The simulator's views never learn of a new pool, so an old one has to go.
    const gone = site.named('resource-pool', 'development-2-b').id;
    await vcsim.govc('pool.destroy', '/dc-1/host/cluster-2/Resources/development-2/development-2-b');
    await site.watch.until((entities) => !entities.has(gone));
  });

  it('shows what a VM is busy with while it is moving, and a fresh reading agrees', async () => {
    const { id } = vm('vm-0007');
    await vcsim.control('/relocate', { mode: 'manual' });
    await site.session.startRelocation(site.move('vm-0007', 'cluster', 'cluster-2'), new AbortController().signal);
    await site.watch.until(() => site.watch.vm(id)?.busyWith !== null);
    const busyWith = site.watch.vm(id)?.busyWith;
    const [fresh] = await site.session.readEntities([id], new AbortController().signal);
    expect(fresh).toMatchObject({ busyWith });
    await vcsim.control('/relocate/step', { finish: true });
    await site.watch.until(() => site.watch.vm(id)?.busyWith === null);
    await vcsim.control('/relocate', { mode: 'auto' });
  });
});
