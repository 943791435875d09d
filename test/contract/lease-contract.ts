import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import type { ByteSource, ImportFile } from '../../electron/hypervisors/transfer.ts';
import type { EntityId } from '../../shared/domain/ids.ts';
import { coldActs, contentOf, type HeldFile } from './cold-image.ts';
import { type ContractBench, hotMove, lostContact, rejection, unaborted } from './contract-bench.ts';

const announced = ({ name, kind, bytes }: HeldFile): ImportFile => ({ name, kind, bytes });

export const describeLeases = (bench: ContractBench): void => {
  const { stage, connect, pass, itWhere } = bench;
  const { collect, exportVm, findVm, importVm, readFiles, request, send } = coldActs(pass, () =>
    stage().destination('host'),
  );

  const expectHeld = async (session: HypervisorSession, id: EntityId): Promise<void> => {
    const { name, instanceUuid = '' } = await findVm(session, id);
    const move = hotMove({ id, name, instanceUuid }, stage().destination('host'));
    const acts: readonly (() => Promise<unknown>)[] = [
      () => session.powerOnVm(id, unaborted()),
      () => session.destroyVm(id, unaborted()),
      () => session.openExport(id, unaborted()),
      () => session.startRelocation({ ...move, method: 'cold-direct' }, unaborted()),
    ];
    for (const act of acts) expect((await rejection(pass(act()))).code).toBe('platform-fault');
    const held = await findVm(session, id);
    expect(held.powerState).toBe('off');
    expect(held.busyWith).not.toBeNull();
  };

  const isThere = async (session: HypervisorSession, id: EntityId): Promise<boolean> =>
    (await pass(session.findVm({ id }, unaborted()))) !== null;

  describe('lease', () => {
    for (const ending of ['complete', 'abort'] as const) {
      it(`of an export holds the VM, and sets it free on ${ending}`, async () => {
        const session = await connect();
        const { id } = stage().stoppedVm;
        const before = await findVm(session, id);
        const lease = await pass(session.openExport(id, unaborted()));
        await expectHeld(session, id);
        await readFiles(lease);
        lease.report(50);
        await pass(ending === 'complete' ? lease.complete(unaborted()) : lease.abort());
        expect(await findVm(session, id)).toEqual(before);
        const file = lease.files[0];
        if (file === undefined) throw new Error('the VM has no files');
        expect((await rejection(pass(collect(lease, file)))).code).toBe('lease-lost');
      });
    }

    it('of an import holds the VM until it is complete', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const lease = await pass(session.openImport(request(image), unaborted()));
      await expectHeld(session, lease.vm);
      await send(lease, image.files);
      const counts = await pass(lease.counts(unaborted()));
      expect(counts.length).toBeGreaterThan(0);
      for (const count of counts) {
        const file = image.files.find(({ name }) => name === count.key);
        expect(count.bytes ?? file?.bytes).toBe(file?.bytes);
        expect(count.sha1 ?? file?.sha1).toBe(file?.sha1);
      }
      await pass(lease.complete(unaborted()));
      expect((await findVm(session, lease.vm)).busyWith).toBeNull();
      await pass(session.powerOnVm(lease.vm, unaborted()));
    });

    it('of an import that is aborted leaves nothing', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const order = request(image);
      const lease = await pass(session.openImport(order, unaborted()));
      await send(lease, image.files.slice(0, 1));
      await pass(lease.abort());
      expect(await isThere(session, lease.vm)).toBe(false);
      expect(await stage().control.whereIs(lease.vm)).toBeNull();
      expect((await importVm(session, image)).name).toBe(order.vmName);
    });

    itWhere('broken-stream', 'outlives a broken download, which can be begun again', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      const whole = await exportVm(session, id);
      const lease = await pass(session.openExport(id, unaborted()));
      const [file] = lease.files;
      if (file === undefined) throw new Error('the VM has no files');
      await stage().control.breakNextStream?.();
      expect(lostContact).toContain((await rejection(pass(collect(lease, file)))).code);
      const again = await readFiles(lease);
      expect(again.map(({ sha256 }) => sha256)).toEqual(contentOf(whole));
      await pass(lease.complete(unaborted()));
    });

    itWhere('broken-stream', 'outlives a broken upload, which can be begun again', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const lease = await pass(session.openImport(request(image), unaborted()));
      const [file] = image.files;
      if (file === undefined) throw new Error('the VM has no files');
      await stage().control.breakNextStream?.();
      const writing = lease.write(announced(file), Readable.from([file.data]), unaborted());
      expect(lostContact).toContain((await rejection(pass(writing))).code);
      await send(lease, image.files);
      await pass(lease.complete(unaborted()));
      expect(contentOf(await exportVm(session, lease.vm))).toEqual(contentOf(image));
    });

    it('of an import tells what its source failed with, and lives on', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const lease = await pass(session.openImport(request(image), unaborted()));
      const [file] = image.files;
      if (file === undefined) throw new Error('the VM has no files');
      const source = function* (): Generator<Buffer> {
        yield file.data.subarray(0, 10);
        throw new Error('the folder is gone');
      };
      const writing = lease.write(announced(file), Readable.from(source()), unaborted());
      await expect(pass(writing)).rejects.toThrow('the folder is gone');
      const early: ByteSource = {
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('it was never there')) }),
      };
      await expect(pass(lease.write(announced(file), early, unaborted()))).rejects.toThrow('it was never there');
      await send(lease, image.files);
      await pass(lease.complete(unaborted()));
    });

    itWhere('lease-expiry', 'of an export ends when its session is gone, at the latest when it runs out', async () => {
      const session = await connect();
      const { id } = stage().stoppedVm;
      const before = await findVm(session, id);
      await pass(session.openExport(id, unaborted()));
      await pass(session.close());
      const other = await connect();
      await stage().control.outlastLease?.();
      expect(await findVm(other, id)).toEqual(before);
    });

    itWhere('lease-expiry', 'of an import takes the half-made VM away when its session is gone', async () => {
      const session = await connect();
      const image = await exportVm(session, stage().stoppedVm.id);
      const lease = await pass(session.openImport(request(image), unaborted()));
      await send(lease, image.files);
      await pass(session.close());
      const other = await connect();
      await stage().control.outlastLease?.();
      expect(await isThere(other, lease.vm)).toBe(false);
    });

    itWhere('lease-expiry', 'is kept alive for as long as its session lives', async () => {
      const session = await connect();
      const lease = await pass(session.openExport(stage().stoppedVm.id, unaborted()));
      await stage().control.outlastLease?.();
      expect(await readFiles(lease)).toHaveLength(lease.files.length);
      await pass(lease.complete(unaborted()));
    });
  });
};
