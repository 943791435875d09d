import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { chunkBytes } from '../../../../../electron/hypervisors/lab/cold/disk-content.ts';
import { leaseTimeoutMs } from '../../../../../electron/hypervisors/lab/cold/leases.ts';
import type { TransferIncident } from '../../../../../electron/hypervisors/lab/lab-faults.ts';
import { contentOf } from '../../../../contract/cold-image.ts';
import { collected, silentSource } from '../../../../support/byte-streams.ts';
import { unaborted } from '../lab-bench.ts';
import { announced, type ColdBench, firstFile, openColdLab } from './cold-bench.ts';

const order = (lab: ColdBench, incident: TransferIncident, way?: 'export' | 'import'): void =>
  lab.adapter.faults.arm({ kind: 'next-transfer', incidents: [incident], ...(way === undefined ? {} : { way }) });

const exporting = async (lab: ColdBench) => {
  const { id } = lab.vm(lab.plain);
  const whole = firstFile(await lab.exportVm(lab.session, id));
  const lease = await lab.session.openExport(id, unaborted());
  const [file] = lease.files;
  if (file === undefined) throw new Error('the VM has no files');
  return { lease, whole, read: () => lab.pass(lab.collect(lease, file)) };
};

const importing = async (lab: ColdBench) => {
  const image = await lab.exportVm(lab.session, lab.vm(lab.plain).id);
  const lease = await lab.session.openImport(lab.request(image), unaborted());
  const file = firstFile(image);
  const write = () => lab.pass(lease.write(announced(file), Readable.from([file.data]), unaborted()));
  return { image, lease, file, write };
};

describe('trouble on the way out', () => {
  it('cuts the connection in the middle; when it is back in time the lease is still alive', async () => {
    const lab = await openColdLab();
    const { lease, whole, read } = await exporting(lab);
    order(lab, { kind: 'connection-drops', atByte: chunkBytes + 1, backAfterMs: leaseTimeoutMs / 2 });
    await expect(read()).rejects.toMatchObject({ code: 'connection-lost' });
    await expect(read()).rejects.toMatchObject({ code: 'connection-lost' });
    lab.clock.advance(leaseTimeoutMs / 2);
    expect((await read()).equals(whole.data)).toBe(true);
    await lease.complete(unaborted());
    expect(lab.vm(lab.plain).busyWith).toBeNull();
  });

  it('cuts the connection for so long that the platform ends the lease', async () => {
    const lab = await openColdLab();
    const { read } = await exporting(lab);
    order(lab, { kind: 'connection-drops', atByte: 0, backAfterMs: null });
    await expect(read()).rejects.toMatchObject({ code: 'connection-lost' });
    lab.clock.advance(leaseTimeoutMs);
    expect(lab.vm(lab.plain).busyWith).toBeNull();
    lab.server.link.restore();
    await expect(read()).rejects.toMatchObject({ code: 'lease-lost', data: { vmName: lab.plain } });
  });

  it('ends the lease, and the VM is free', async () => {
    const lab = await openColdLab();
    const { read } = await exporting(lab);
    order(lab, { kind: 'lease-ends', atByte: 100 });
    await expect(read()).rejects.toMatchObject({ code: 'lease-lost' });
    expect(lab.vm(lab.plain).busyWith).toBeNull();
  });

  it('expires the session, which logs in again without its lease', async () => {
    const lab = await openColdLab();
    const { read } = await exporting(lab);
    order(lab, { kind: 'sessions-expire', atByte: 100 });
    await expect(read()).rejects.toMatchObject({ code: 'lease-lost' });
    expect(lab.vm(lab.plain).busyWith).not.toBeNull();
    lab.clock.advance(leaseTimeoutMs);
    expect(lab.vm(lab.plain).busyWith).toBeNull();
  });

  it.each([0, chunkBytes + 7, Number.MAX_SAFE_INTEGER])('alters the byte at %d, or the last one', async (atByte) => {
    const lab = await openColdLab();
    const { lease, whole, read } = await exporting(lab);
    order(lab, { kind: 'byte-altered', atByte });
    const data = await read();
    const differing = [...data.keys()].filter((at) => data[at] !== whole.data[at]);
    expect(differing).toEqual([Math.min(atByte, whole.bytes - 1)]);
    expect(await lease.counts(unaborted())).toContainEqual(expect.objectContaining({ sha1: whole.sha1 }));
    expect((await read()).equals(whole.data)).toBe(true);
  });

  it.each([0, chunkBytes, chunkBytes + 7])('loses all after byte %d without a word', async (atByte) => {
    const lab = await openColdLab();
    const { lease, whole, read } = await exporting(lab);
    order(lab, { kind: 'rest-lost', atByte });
    expect((await read()).equals(whole.data.subarray(0, atByte))).toBe(true);
    expect(await lease.counts(unaborted())).toContainEqual(expect.objectContaining({ bytes: whole.bytes }));
  });

  it('lets somebody else change the VM meanwhile', async () => {
    const lab = await openColdLab();
    const before = lab.vm(lab.plain).changeVersion;
    const { read } = await exporting(lab);
    order(lab, { kind: 'vm-changed', atByte: 100 });
    await read();
    expect(lab.vm(lab.plain).changeVersion).not.toBe(before);
  });

  it('meets a file with several incidents in their order', async () => {
    const lab = await openColdLab();
    const { whole, read } = await exporting(lab);
    const incidents = [
      { kind: 'rest-lost', atByte: 300 },
      { kind: 'byte-altered', atByte: 10 },
    ] as const;
    lab.adapter.faults.arm({ kind: 'next-transfer', incidents });
    const data = await read();
    expect(data.length).toBe(300);
    expect(data[10]).not.toBe(whole.data[10]);
  });

  it('stops when the caller gives up', async () => {
    const lab = await openColdLab('vmware', { speed: 1 });
    const { lease } = await exporting(lab);
    const [file] = lease.files;
    if (file === undefined) throw new Error('the VM has no files');
    const abort = new AbortController();
    const reading = collected(
      (sink) => lease.read(file, sink, abort.signal),
      () => abort.abort(),
    );
    await expect(lab.pass(reading)).rejects.toMatchObject({ code: 'cancelled' });
    await lease.abort();
    expect(lab.vm(lab.plain).busyWith).toBeNull();
  });
});

describe('trouble on the way in', () => {
  it('is left alone by what was ordered for the way out', async () => {
    const lab = await openColdLab();
    const { lease, file, write } = await importing(lab);
    order(lab, { kind: 'stream-breaks', atByte: 0 }, 'export');
    await write();
    expect(await lease.counts(unaborted())).toEqual([{ key: file.name, bytes: file.bytes, sha1: file.sha1 }]);
    expect(lab.adapter.faults.armed()).toHaveLength(1);
  });

  it('alters a byte, which the count tells; sent again it is right', async () => {
    const lab = await openColdLab();
    const { image, lease, file, write } = await importing(lab);
    order(lab, { kind: 'byte-altered', atByte: 5 }, 'import');
    await write();
    const [count] = await lease.counts(unaborted());
    expect(count?.bytes).toBe(file.bytes);
    expect(count?.sha1).not.toBe(file.sha1);
    await lab.send(lease, image.files);
    await lease.complete(unaborted());
    expect(contentOf(await lab.exportVm(lab.session, lease.vm))).toEqual(contentOf(image));
  });

  it('keeps the altered bytes of an import that is completed all the same', async () => {
    const lab = await openColdLab();
    const { image, lease, file } = await importing(lab);
    order(lab, { kind: 'byte-altered', atByte: 5 }, 'import');
    await lab.send(lease, image.files);
    await lease.complete(unaborted());
    const again = firstFile(await lab.exportVm(lab.session, lease.vm));
    expect(again.sha256).not.toBe(file.sha256);
    expect(again.data.subarray(6).equals(file.data.subarray(6))).toBe(true);
  });

  it('loses the rest, which the count tells', async () => {
    const lab = await openColdLab();
    const { lease, write } = await importing(lab);
    order(lab, { kind: 'rest-lost', atByte: chunkBytes + 7 });
    await write();
    expect(await lease.counts(unaborted())).toContainEqual(expect.objectContaining({ bytes: chunkBytes + 7 }));
  });

  it('ends the lease, and the half-made VM is gone', async () => {
    const lab = await openColdLab();
    const { lease, write } = await importing(lab);
    order(lab, { kind: 'lease-ends', atByte: chunkBytes });
    await expect(write()).rejects.toMatchObject({ code: 'lease-lost' });
    expect(lab.server.world.vm(lease.vm)).toBeUndefined();
    await lease.abort();
  });

  it('cuts the connection; aborting then leaves the half-made VM to the time-out', async () => {
    const lab = await openColdLab();
    const { lease, write } = await importing(lab);
    order(lab, { kind: 'connection-drops', atByte: chunkBytes, backAfterMs: 1000 });
    await expect(write()).rejects.toMatchObject({ code: 'connection-lost' });
    await lease.abort();
    expect(lab.server.world.vm(lease.vm)).toBeDefined();
    lab.clock.advance(leaseTimeoutMs);
    expect(lab.server.world.vm(lease.vm)).toBeUndefined();
  });

  it('refuses a file that is shorter than it was announced', async () => {
    const lab = await openColdLab();
    const { lease, file } = await importing(lab);
    const half = Readable.from([file.data.subarray(0, 100)]);
    await expect(lease.write(announced(file), half, unaborted())).rejects.toMatchObject({ code: 'platform-fault' });
    const completing = lease.complete(unaborted());
    await expect(completing).rejects.toMatchObject({ code: 'platform-fault' });
  });

  it('stops waiting for its source when the caller gives up', async () => {
    const lab = await openColdLab();
    const { lease, file } = await importing(lab);
    const abort = new AbortController();
    const endless = silentSource(file.data.subarray(0, 10));
    const writing = lease.write(announced(file), endless, abort.signal);
    abort.abort();
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
    expect(endless.isStopped()).toBe(true);
  });
});
