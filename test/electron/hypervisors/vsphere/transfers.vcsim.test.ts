import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ExportLease } from '../../../../electron/hypervisors/transfer.ts';
import type { DestinationKind } from '../../../../shared/domain/migration.ts';
import { collected } from '../../../support/byte-streams.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { refusal } from './refusal.ts';
import { type Console, openConsole, unaborted } from './vcsim-site.ts';
import {
  exportVm,
  type ImportGoal,
  importVm,
  type ReadImage,
  readAll,
  readFile,
  requestFor,
  sendAll,
} from './vcsim-transfers.ts';

const sumsOf = ({ files }: ReadImage): readonly string[] => files.map(({ written: { sha256 } }) => sha256);

describeWithVcsim('the files of stopped VMs of a vCenter', () => {
  let vcsim: Vcsim;
  let site: Console;
  /** Off, and in no test but to be read. */
  let vm: string;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 40, clusters: 2, hosts: 2 });
    site = await openConsole(vcsim);
    const off = site.all('virtual-machine').filter(({ powerState }) => powerState === 'off');
    vm = off.find(({ name }) => name.startsWith('vm-'))?.name ?? '';
  });

  afterEach(() => vcsim.control('/transfers', {}));

  afterAll(async () => {
    await site?.close();
    await vcsim?.stop();
  });

  const idOf = (name: string) => site.named('virtual-machine', name).id;
  const open = (): Promise<ExportLease> => site.session.openExport(idOf(vm), unaborted());

  const goal = (kind: DestinationKind, place: string, vmName: string): ImportGoal => ({
    vmName,
    instanceUuid: randomUUID(),
    destination: { kind, id: site.named(kind, place).id, name: place },
    host: null,
    datastore: null,
    parent: null,
    networks: [],
  });

  const hostsOf = (cluster: string): readonly string[] =>
    site
      .all('host')
      .filter((host) => host.cluster === site.named('cluster', cluster).id)
      .map(({ name }) => name);

  it('come with names of the console, whatever the server calls them', async () => {
    const lease = await open();
    const facts = site.named('virtual-machine', vm);
    expect(lease.files).toMatchObject([
      { kind: 'disk', extension: 'vmdk', label: facts.disks?.[0]?.label, capacityBytes: facts.diskBytes },
      { kind: 'firmware', extension: 'nvram', label: 'NVRAM', capacityBytes: null, expectedBytes: 8684 },
    ]);
    await lease.abort();
  });

  it.each<readonly [DestinationKind, string, string, readonly string[]]>([
    ['host', 'esx-2-1.example', 'Resources', ['esx-2-1.example']],
    ['host', 'esx-alone-1.example', 'Resources', ['esx-alone-1.example']],
    ['resource-pool', 'production-2-a', 'production-2-a', []],
    ['vapp', 'vapp-2-1', 'vapp-2-1', []],
    ['cluster', 'cluster-2', 'Resources', []],
  ])('go out and in again as they were, into a %s (%s)', async (kind, place, pool, hosts) => {
    await vcsim.control('/transfers', { diskBytes: 300_000 });
    await vcsim.control('/drs', { cluster: 'cluster-2', enabled: false });
    const image = await exportVm(site.session, idOf(vm));
    const name = `copy of <${vm}> & in ${place}`;
    const wanted = goal(kind, place, name);
    const made = await importVm(site.session, image, wanted);
    const again = await exportVm(site.session, made);
    expect(sumsOf(again)).toEqual(sumsOf(image));

    const found = await site.session.findVm({ id: made }, unaborted());
    expect(found).toMatchObject({ name, instanceUuid: wanted.instanceUuid, powerState: 'off', busyWith: null });
    const state = await vcsim.state(name);
    expect(state.pool).toBe(pool);
    expect(hosts.length > 0 ? hosts : hostsOf('cluster-2')).toContain(state.host);
  });

  it('are counted by the server as they were by the console, both ways', async () => {
    const lease = await open();
    const image = await readAll(lease);
    const counts = image.files.map(({ written: { key, bytes, sha1, sha256 } }) => ({ key, bytes, sha1, sha256 }));
    expect(await lease.counts(unaborted())).toEqual(counts);
    await lease.complete(unaborted());

    const request = requestFor(image, goal('cluster', 'cluster-2', 'counted'));
    const into = await site.session.openImport(request, unaborted());
    expect(into.wanted).toEqual(request.files.map(({ name }) => name));
    await sendAll(into, request, image);
    expect(await into.counts(unaborted())).toEqual(
      image.files.map(({ written: { name: key, bytes, sha1, sha256 } }) => ({ key, bytes, sha1, sha256 })),
    );
    await into.complete(unaborted());
  });

  it('leave the VM as it was, and free, once the export is over', async () => {
    for (const end of ['complete', 'abort'] as const) {
      const lease = await open();
      const held = site.session.openExport(idOf(vm), unaborted());
      expect((await refusal(held)).data).toMatchObject({ fault: 'TaskInProgress', operation: 'ExportVm' });
      await lease[end](unaborted());
    }
    await (await open()).abort();
  });

  it('are refused of a VM that runs', async () => {
    const running = site.all('virtual-machine').find(({ powerState }) => powerState === 'on');
    const error = await refusal(site.session.openExport(running?.id ?? idOf(vm), unaborted()));
    expect(error).toMatchObject({ code: 'platform-fault', data: { fault: 'InvalidPowerState' } });
  });

  it('can be read again from the beginning after the connection broke in the middle', async () => {
    await vcsim.control('/transfers', { diskBytes: 300_000 });
    const lease = await open();
    const [disk] = lease.files;
    if (disk === undefined) throw new Error('the VM has no disk');
    await vcsim.control('/transfers', { breakAfterBytes: 100_000 });
    const error = await refusal(readFile(lease, disk));
    expect(error).toMatchObject({ code: 'connection-lost', data: { address: vcsim.address } });
    expect(JSON.stringify(error.data)).not.toContain('nfc');
    expect(await readFile(lease, disk)).toHaveLength(300_000);
    await lease.complete(unaborted());
  });

  const image = async (diskBytes: number): Promise<ReadImage> => {
    await vcsim.control('/transfers', { diskBytes });
    return exportVm(site.session, idOf(vm));
  };

  it('can be sent again from the beginning after the connection broke in the middle', async () => {
    const read = await image(300_000);
    const request = requestFor(read, goal('host', 'esx-2-1.example', 'broken once'));
    const lease = await site.session.openImport(request, unaborted());
    const [disk] = request.files;
    if (disk === undefined) throw new Error('the image has no disk');
    await vcsim.control('/transfers', { breakAfterBytes: 100_000 });
    const sending = lease.write(disk, Readable.from([read.files[0]?.bytes], { objectMode: false }), unaborted());
    expect((await refusal(sending)).code).toBe('connection-lost');
    await sendAll(lease, request, read);
    await lease.complete(unaborted());
    expect(sumsOf(await exportVm(site.session, lease.vm))).toEqual(sumsOf(read));
  });

  it('take the half-made VM along when an import is given up', async () => {
    const read = await image(1000);
    const request = requestFor(read, goal('vapp', 'vapp-2-1', 'given up'));
    const lease = await site.session.openImport(request, unaborted());
    const identity = { id: lease.vm, instanceUuid: request.instanceUuid };
    expect(await site.session.findVm(identity, unaborted())).toMatchObject({ name: 'given up' });
    await lease.abort();
    expect(await site.session.findVm(identity, unaborted())).toBeNull();
    await lease.abort();
  });

  it('fail with what their source fails with, and can be sent again', async () => {
    const read = await image(1000);
    const request = requestFor(read, goal('host', 'esx-2-1.example', 'from a bad disk'));
    const lease = await site.session.openImport(request, unaborted());
    const [disk] = request.files;
    if (disk === undefined) throw new Error('the image has no disk');
    const trouble = new Error('the disk cannot be read');
    const source = new Readable({ read: () => source.destroy(trouble) });
    await expect(lease.write(disk, source, unaborted())).rejects.toBe(trouble);
    const short = Readable.from([Buffer.alloc(10)], { objectMode: false });
    expect(await refusal(lease.write(disk, short, unaborted()))).toMatchObject({
      code: 'transfer-broken',
      data: { reason: '10 of 1000 bytes' },
    });
    await sendAll(lease, request, read);
    await lease.complete(unaborted());
  });

  it('keep a lease alive that would be over long before a slow file has come', async () => {
    await vcsim.control('/transfers', { leaseTimeoutSeconds: 1, diskBytes: 100_000, bytesPerSecond: 50_000 });
    const lease = await open();
    lease.report(40);
    expect((await readAll(lease)).files[0]?.bytes).toHaveLength(100_000);
    await lease.complete(unaborted());
    expect(await vcsim.control('/calls')).toHaveProperty('HttpNfcLeaseProgress');
  });

  it('are told to be lost when the server ends the lease, in the middle of a file and afterwards', async () => {
    await vcsim.control('/transfers', { leaseTimeoutSeconds: 1, diskBytes: 400_000, bytesPerSecond: 20_000 });
    const lease = await open();
    const [disk] = lease.files;
    if (disk === undefined) throw new Error('the VM has no disk');
    const reading = refusal(readFile(lease, disk));
    await vcsim.control('/sessions/expire', {});
    expect((await reading).code).toBe('lease-lost');
    expect((await refusal(readFile(lease, disk))).code).toBe('lease-lost');
    expect((await refusal(lease.counts(unaborted()))).code).toBe('lease-lost');
    expect((await refusal(lease.complete(unaborted()))).code).toBe('lease-lost');
    await lease.abort();
    const free = (): Promise<boolean> =>
      open().then(
        (next) => next.abort().then(() => true),
        () => false,
      );
    await expect.poll(free, { timeout: 20_000 }).toBe(true);
  });

  it('stop when the reader gives up, and leave the lease as it is', async () => {
    await vcsim.control('/transfers', { diskBytes: 400_000, bytesPerSecond: 20_000 });
    const lease = await open();
    const [disk] = lease.files;
    if (disk === undefined) throw new Error('the VM has no disk');
    const giveUp = new AbortController();
    const reading = refusal(
      collected(
        (sink) => lease.read(disk, sink, giveUp.signal),
        () => giveUp.abort(),
      ),
    );
    expect((await reading).code).toBe('cancelled');
    expect(await lease.counts(unaborted())).toEqual([]);
    await lease.complete(unaborted());
  });

  it('end with the connection to their site, and give the VM back', async () => {
    const other = await openConsole(vcsim);
    await vcsim.control('/transfers', { diskBytes: 400_000, bytesPerSecond: 20_000 });
    const lease = await other.session.openExport(idOf(vm), unaborted());
    const [disk] = lease.files;
    if (disk === undefined) throw new Error('the VM has no disk');
    const reading = refusal(readFile(lease, disk));
    await other.close();
    expect((await reading).code).toBe('site-not-connected');
    await (await open()).abort();
  });
});
