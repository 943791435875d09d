import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecoveryAction, RecoveryFacts } from '../../../../shared/domain/evacuation.ts';
import type { Meddling } from '../../../support/meddling-session.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { briefLeases, home, parked, there, type VcsimTrial, vcsimTrial } from '../../../support/vcsim-cold-trial.ts';
import { stoppedMachines } from '../../../support/vcsim-machines.ts';
import type { VsphereConsole } from '../../../support/vsphere-console.ts';

const machines = 200;

describeWithVcsim('a cold migration of a vCenter in trouble', () => {
  let vcsim: Vcsim;
  let freshVm: () => string;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: machines, clusters: 2, hosts: 2, scenarios: false });
    freshVm = await stoppedMachines(vcsim, machines);
  });
  afterAll(() => vcsim?.stop());

  const refuse =
    (method: string, fault: string): (() => Promise<unknown>) =>
    () =>
      vcsim.control('/fault', { method, fault, message: 'Not now.', count: 1 });
  const lose =
    (method: string, hang = false): (() => Promise<unknown>) =>
    () =>
      vcsim.control('/lose-answer', { method, hang });
  const breakNext = (): Promise<unknown> => vcsim.control('/transfers', { ...briefLeases, breakAfterBytes: 20_000 });
  const expireSessions = (): Promise<unknown> => vcsim.control('/sessions/expire', {});
  /** Slow enough that a lease without signs of life ends before the disk has arrived. */
  const starveLease = async (): Promise<void> => {
    await vcsim.control('/transfers', { leaseTimeoutSeconds: 1, bytesPerSecond: 24_000 });
    await vcsim.control('/fault', { method: 'HttpNfcLeaseProgress', fault: 'HostCommunication' });
  };

  const assessed = async ({ console: opened, view }: VcsimTrial): Promise<RecoveryFacts> =>
    (await opened.services.recovery.assess(view.header.id)).facts;
  const atImage: RecoveryFacts = { source: 'parked', image: 'sealed', restored: 'none' };

  describe('on the way out leaves the VM where it was', () => {
    it.each<[string, Meddling, string]>([
      ['a lease that runs out', { 'before openExport': starveLease }, `failed lease-lost: ${home}`],
      ['a session that ends under a lease', { 'after openExport': expireSessions }, `failed lease-lost: ${home}`],
      ['a refusal', { 'before openExport': refuse('ExportVm', 'FileFault') }, `failed platform-fault: ${home}`],
      ['a lease nobody knows of', { 'before openExport': lose('ExportVm') }, `failed connection-lost: ${home}`],
    ])('%s', async (_, meddling, expected) => {
      const result = await vcsimTrial(vcsim, freshVm(), () => meddling);
      // A lease that nobody can end any more holds the VM until it runs out.
      await expect.poll(() => result.look(), { timeout: 30_000 }).toBe(expected);
      expect(readdirSync(result.console.folder)).toEqual([]);
    });

    it('a session that ends under a lease that lives on: the task says what still holds the source', async () => {
      const result = await vcsimTrial(vcsim, freshVm(), () => ({
        'before openExport': () => vcsim.control('/transfers', { leaseTimeoutSeconds: 60 }),
        'after openExport': expireSessions,
      }));
      const events = result.console.services.journal.events(result.view.header.id);
      expect(events.map(({ body }) => body)).toContainEqual({
        kind: 'source-held',
        busyWith: 'Export OVF template',
      });
    });

    it('a connection that is cut: the disk is sent again on the same lease', async () => {
      await vcsim.control('/calls/reset', {});
      const result = await vcsimTrial(vcsim, freshVm(), () => ({
        'before openExport': breakNext,
        'after openExport.complete': async () =>
          expect(await vcsim.control('/calls')).toMatchObject({ ExportVm: 2, HttpNfcLeaseComplete: 2 }),
      }));
      expect(result.summary).toBe(`completed -: ${there}`);
    });
  });

  describe('on the way in leaves the image and the parked source', () => {
    it.each<[string, Meddling, string, RecoveryAction, string]>([
      ['a lease that runs out', { 'before openImport': starveLease }, 'lease-lost', 'resume', `completed -: ${there}`],
      [
        'a session that ends under a lease',
        { 'after openImport': expireSessions },
        'lease-lost',
        'roll-back',
        `cancelled -: ${home}`,
      ],
      [
        'a descriptor that is refused',
        { 'before checkImport': refuse('CreateImportSpec', 'NoPermission') },
        'no-privilege',
        'roll-back',
        `cancelled -: ${home}`,
      ],
      [
        'a name that is taken',
        { 'before openImport': refuse('ImportVApp', 'DuplicateName') },
        'platform-fault',
        'resume',
        `completed -: ${there}`,
      ],
      [
        'a lease nobody knows of',
        { 'before openImport': lose('ImportVApp') },
        'connection-lost',
        'resume',
        `completed -: ${there}`,
      ],
    ])('%s', async (_, meddling, code, action, after) => {
      const result = await vcsimTrial(vcsim, freshVm(), () => meddling);
      expect(result.summary).toBe(`needs-attention ${code}: ${parked}; image`);
      expect(await assessed(result)).toEqual(atImage);
      expect(await result.choose(action)).toBe(after);
    });

    it('a connection that is cut: the disk is sent again on the same lease', async () => {
      await vcsim.control('/calls/reset', {});
      const result = await vcsimTrial(vcsim, freshVm(), () => ({ 'before openImport': breakNext }));
      expect(result.summary).toBe(`completed -: ${there}`);
      expect(await vcsim.control('/calls')).toMatchObject({ ImportVApp: 1 });
    });
  });

  it('a copy that may not be powered on stays, off, beside its parked source', async () => {
    const refused = refuse('PowerOnMultiVM_Task', 'NoPermission');
    const result = await vcsimTrial(vcsim, freshVm(), () => ({ 'before powerOnVm': refused }));
    expect(result.summary).toBe(`needs-attention no-privilege: ${parked}; VM off in there; image`);
    expect(await assessed(result)).toEqual({ source: 'parked', image: 'sealed', restored: 'off' });
    expect(await result.choose('resume')).toBe(`completed -: ${there}`);
  });

  it('a source that may not be deleted at the end stays parked beside its running copy', async () => {
    const refused = refuse('Destroy_Task', 'NoPermission');
    const result = await vcsimTrial(vcsim, freshVm(), () => ({ 'before destroyVm': refused }));
    expect(result.summary).toBe(`needs-attention no-privilege: ${parked}; VM on in there; image`);
    expect(await assessed(result)).toEqual({ source: 'parked', image: 'sealed', restored: 'running' });
    expect(await result.choose('resume')).toBe(`completed -: ${there}`);
  });

  describe('an answer that is lost although the work was done is found out', () => {
    it.each<[string, Meddling]>([
      ['renaming', { 'before parkVm': lose('Rename_Task') }],
      ['completing', { 'before openImport.complete': lose('HttpNfcLeaseComplete') }],
      ['giving an identity', { 'before restoreIdentity': lose('ReconfigVM_Task') }],
      ['powering on', { 'before powerOnVm': lose('PowerOnMultiVM_Task') }],
      ['deleting', { 'before destroyVm': lose('Destroy_Task') }],
    ])('%s', async (_, meddling) => {
      expect((await vcsimTrial(vcsim, freshVm(), () => meddling)).summary).toBe(`completed -: ${there}`);
    });

    it.each<[string, Meddling]>([
      ['completing', { 'before openImport.complete': lose('HttpNfcLeaseComplete', true) }],
      ['powering on', { 'before powerOnVm': lose('PowerOnMultiVM_Task', true) }],
    ])('%s, with a server that never answers', async (_, meddling) => {
      const result = await vcsimTrial(vcsim, freshVm(), () => meddling, { timing: { callDeadlineMs: 3_000 } });
      expect(result.summary).toBe(`completed -: ${there}`);
    });

    it.each<[string, Meddling]>([
      ['parking', { 'before parkVm': expireSessions }],
      ['powering on', { 'before powerOnVm': expireSessions }],
    ])('%s, with a session that has ended', async (_, meddling) => {
      expect((await vcsimTrial(vcsim, freshVm(), () => meddling)).summary).toBe(`completed -: ${there}`);
    });
  });

  it('an image that is altered by one byte makes no VM, and the source comes back', async () => {
    const alterImage = async ({ folder }: VsphereConsole): Promise<void> => {
      const [name = ''] = readdirSync(folder);
      const disk = readdirSync(join(folder, name)).find((file) => file.endsWith('.vmdk')) ?? '';
      const bytes = readFileSync(join(folder, name, disk));
      bytes[5_000] = (bytes[5_000] ?? 0) ^ 1;
      writeFileSync(join(folder, name, disk), bytes);
    };
    const result = await vcsimTrial(vcsim, freshVm(), (made) => ({ 'before openImport': () => alterImage(made()) }));
    expect(result.summary).toBe(`needs-attention image-damaged: ${parked}; other directory`);
    expect(await result.choose('roll-back')).toBe(`cancelled -: ${home}`);
  });

  describe('somebody uses the source, and powers it off again', () => {
    const use = (vmName: string): Promise<unknown> => vcsim.control('/use', { vm: vmName });

    it('when it was copied: it stays where it is, and the older copy goes', async () => {
      const vmName = freshVm();
      const result = await vcsimTrial(vcsim, vmName, () => ({ 'after openExport.complete': () => use(vmName) }));
      expect(result.summary).toBe(`failed source-used: ${home}`);
      expect(readdirSync(result.console.folder)).toEqual([]);
    });

    it('when it is parked: the restored VM is not powered on, and rolling back brings the source back', async () => {
      const vmName = freshVm();
      const result = await vcsimTrial(vcsim, vmName, () => ({
        'after openImport.complete': () => use(`${vmName} (parked T-1)`),
      }));
      expect(result.summary).toBe(`needs-attention source-used: ${parked}; VM off in there; image`);
      expect(await assessed(result)).toEqual({ source: 'used', image: 'sealed', restored: 'off' });
      expect(await result.choose('roll-back')).toBe(`cancelled -: ${home}`);
    });
  });

  describe('somebody destroys', () => {
    const destroy = (vmName: string): Promise<unknown> => vcsim.control('/destroy', { vm: vmName });

    it('the source, when all of it was copied: the image is sealed, and brings it back to its origin', async () => {
      const vmName = freshVm();
      const result = await vcsimTrial(vcsim, vmName, () => ({ 'after openExport.complete': () => destroy(vmName) }));
      expect(result.summary).toBe('needs-attention vm-gone: image');
      expect(await assessed(result)).toEqual({ source: 'gone', image: 'sealed', restored: 'none' });
      expect(await result.choose('restore-to-origin')).toBe(`cancelled -: ${home}`);
    });

    it('the parked source: the image stands for the VM, which goes on', async () => {
      const vmName = freshVm();
      const result = await vcsimTrial(vcsim, vmName, () => ({
        'after openImport': () => destroy(`${vmName} (parked T-1)`),
      }));
      expect(result.summary).toBe(`completed -: ${there}`);
    });

    it('the VM that is being restored: it can be made again', async () => {
      const vmName = freshVm();
      const result = await vcsimTrial(vcsim, vmName, () => ({ 'after openImport': () => destroy(vmName) }));
      expect(result.summary).toBe(`needs-attention vm-gone: ${parked}; image`);
      expect(await assessed(result)).toEqual(atImage);
      expect(await result.choose('restore-elsewhere', 'development-2-a')).toBe(`completed -: ${there}`);
    });

    it('the restored VM, when its source was deleted already: the image brings it back to its origin', async () => {
      const vmName = freshVm();
      const result = await vcsimTrial(vcsim, vmName, () => ({ 'before powerOnVm': () => destroy(vmName) }), {
        plan: { sourcePolicy: 'delete-before-restore' },
      });
      expect(result.summary).toBe('needs-attention vm-gone: image');
      expect(await assessed(result)).toEqual({ source: 'gone', image: 'sealed', restored: 'none' });
      expect(await result.choose('restore-to-origin')).toBe(`cancelled -: ${home}`);
    });
  });
});
