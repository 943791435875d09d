import { describe, expect, it } from 'vitest';
import { platformOf } from '../../shared/domain/platform.ts';
import { type ContractBench, hotMove, rejection, unaborted } from './contract-bench.ts';

const foreignFingerprint = Array.from({ length: 32 }, () => 'AA').join(':');

export const describeConnecting = (bench: ContractBench): void => {
  const { harness, stage, connect, pass, itWhere } = bench;

  describe('connecting', () => {
    it('serves the kind of site it is asked for', () => {
      const { adapter, site } = stage();
      expect(adapter.kinds).toContain(site.kind);
      expect(platformOf(site.kind)).toBe(harness.platform);
    });

    it('probes a site before any password is sent', async () => {
      const { adapter, site } = stage();
      const result = await pass(adapter.probe(site, unaborted()));
      expect(result.certificate?.fingerprintSha256 ?? null).toBe(site.pinnedCertificate);
    });

    it('logs in and tells what the server is', async () => {
      const session = await connect();
      expect(session.site).toBe(stage().site.id);
      expect(session.about.product).not.toBe('');
      expect(session.about.version).not.toBe('');
      expect(session.about.instanceId).not.toBe('');
    });

    it('tells the same server by the same instance id', async () => {
      const first = await connect();
      const second = await connect();
      expect(second.about.instanceId).toBe(first.about.instanceId);
    });

    itWhere('wrong-password', 'refuses a wrong password', async () => {
      const { adapter, site, control } = stage();
      const password = (await control.wrongPassword?.()) ?? '';
      const error = await rejection(pass(adapter.connect(site, password, unaborted())));
      expect(error.code).toBe('login-refused');
      expect(error.data).toMatchObject({ userName: site.userName });
      expect(JSON.stringify(error.data)).not.toContain(password);
    });

    itWhere('certificate', 'refuses a certificate that differs from the pinned one', async () => {
      const { adapter, site, password } = stage();
      const pinned = { ...site, pinnedCertificate: foreignFingerprint };
      const error = await rejection(pass(adapter.connect(pinned, password, unaborted())));
      expect(error.code).toBe('certificate-changed');
      expect(error.data).toMatchObject({
        pinned: foreignFingerprint,
        certificate: { fingerprintSha256: site.pinnedCertificate },
      });
    });

    itWhere('certificate', 'refuses a certificate that nobody has accepted yet', async () => {
      const { adapter, site, password } = stage();
      const unpinned = { ...site, pinnedCertificate: null };
      const error = await rejection(pass(adapter.connect(unpinned, password, unaborted())));
      expect(error.code).toBe('certificate-unknown');
      expect(error.data).toMatchObject({ certificate: { fingerprintSha256: site.pinnedCertificate } });
    });

    itWhere('unreachable-address', 'tells that nobody answers', async () => {
      const { adapter, site, password, unreachable } = stage();
      const nowhere = { ...site, ...unreachable };
      expect((await rejection(pass(adapter.probe(nowhere, unaborted())))).code).toBe('site-unreachable');
      expect((await rejection(pass(adapter.connect(nowhere, password, unaborted())))).code).toBe('site-unreachable');
    });

    itWhere('other-server', 'tells that what answers is no management server', async () => {
      const { adapter, site, otherServer } = stage();
      const error = await rejection(pass(adapter.probe({ ...site, ...otherServer }, unaborted())));
      expect(error.code).toBe('not-a-management-server');
    });

    it('gives up connecting when it is told to', async () => {
      const { adapter, site, password } = stage();
      const aborted = AbortSignal.abort();
      expect((await rejection(pass(adapter.probe(site, aborted)))).code).toBe('cancelled');
      expect((await rejection(pass(adapter.connect(site, password, aborted)))).code).toBe('cancelled');
    });

    it('does nothing for a caller who has already given up', async () => {
      const session = await connect();
      const { runningVm, control } = stage();
      const move = hotMove(runningVm, stage().destination('host'));
      const before = await control.whereIs(runningVm.id);
      const aborted = AbortSignal.abort();
      expect((await rejection(pass(session.readEntities([runningVm.id], aborted)))).code).toBe('cancelled');
      expect((await rejection(pass(session.checkMove(move, aborted)))).code).toBe('cancelled');
      expect((await rejection(pass(session.startRelocation(move, aborted)))).code).toBe('cancelled');
      expect((await rejection(pass(session.locate(runningVm, aborted)))).code).toBe('cancelled');
      expect(await control.whereIs(runningVm.id)).toEqual(before);
    });

    it('is closed for good', async () => {
      const session = await connect();
      await pass(session.close());
      const { runningVm } = stage();
      const move = hotMove(runningVm, stage().destination('host'));
      const ref = { id: 'any' };
      const calls: readonly (() => Promise<unknown>)[] = [
        () => session.readEntities([runningVm.id], unaborted()),
        () => session.checkMove(move, unaborted()),
        () => session.startRelocation(move, unaborted()),
        () => session.followTask(ref, () => undefined, unaborted()),
        () => session.cancelTask(ref, unaborted()),
        () => session.locate(runningVm, unaborted()),
        () => session.watchInventory(unaborted())[Symbol.asyncIterator]().next(),
      ];
      for (const call of calls) expect((await rejection(pass(call()))).code).toBe('site-not-connected');
      await pass(session.close());
    });
  });
};
