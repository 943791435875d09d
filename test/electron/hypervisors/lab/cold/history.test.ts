import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leaseTimeoutMs } from '../../../../../electron/hypervisors/lab/cold/leases.ts';
import { contentOf } from '../../../../contract/cold-image.ts';
import { fileHistory } from '../../../../support/lab-history.ts';
import { temporaryDirectory } from '../../../../support/temporary-directory.ts';
import { unaborted } from '../lab-bench.ts';
import { type ColdBench, openColdLab } from './cold-bench.ts';

const again = (directory: string): Promise<ColdBench> => openColdLab('vmware', { history: fileHistory(directory) });

describe('a lab with a history', () => {
  it('is found as it was after its process was killed', { timeout: 60_000 }, async () => {
    const directory = temporaryDirectory();
    const script = fileURLToPath(new URL('../../../../support/killed-lab.ts', import.meta.url));
    const child = fork(script, [directory], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const ended = once(child, 'exit');
    child.once('message', () => child.kill('SIGKILL'));
    expect(await ended).toEqual([null, 'SIGKILL']);

    const lab = await again(directory);
    const restored = lab.witness('payroll-01-restored');
    const source = lab.witness('payroll-01 (parked)');
    expect(source).toMatchObject({ parked: true, lease: null });
    expect(restored).toMatchObject({ parked: false, lease: null, origin: source.origin });
    expect(restored.disks()).not.toEqual(source.disks());
    expect(lab.witness('report-02').lease).toEqual(expect.objectContaining({ kind: 'export', state: 'left' }));
    expect(lab.witness('scratch-01-restored').lease).toEqual(
      expect.objectContaining({ kind: 'import', state: 'left' }),
    );

    lab.clock.advance(leaseTimeoutMs);
    expect(lab.witness('report-02')).toMatchObject({ lease: null, vm: { busyWith: null, powerState: 'off' } });
    expect(lab.has('scratch-01-restored')).toBe(false);
    expect(lab.has('scratch-01')).toBe(true);
  });

  it('tells the same after a second restart', async () => {
    const directory = temporaryDirectory();
    const first = await again(directory);
    const image = await first.exportVm(first.session, first.vm(first.plain).id);
    const made = await first.importVm(first.session, image);
    await first.session.powerOnVm(made.id, unaborted());
    const free = first.freeBytes();
    const second = await again(directory);
    await second.session.parkVm(image.vm.id, 'parked', unaborted());
    const third = await again(directory);
    expect(third.vm(made.name)).toEqual(first.vm(made.name));
    expect(third.witness('parked').parked).toBe(true);
    expect(third.freeBytes()).toBe(free);
    await third.session.unparkVm(image.vm.id, image.vm.name, unaborted());
    expect(contentOf(await third.exportVm(third.session, image.vm.id))).toEqual(contentOf(image));
  });

  it('rolls a relocation back that was under way, and gives no number twice', async () => {
    const directory = temporaryDirectory();
    const first = await openColdLab('vmware', { history: fileHistory(directory), speed: 1 });
    const move = first.hot('web-01', 'host', 'esx06');
    const ref = await first.session.startRelocation(move, unaborted());
    const { host } = first.vm('web-01');
    const second = await again(directory);
    expect(second.vm('web-01')).toMatchObject({ host, busyWith: null });
    expect(second.vm('snap-job-01').busyWith).not.toBeNull();
    expect(await second.session.followTask(ref, () => undefined, unaborted())).toEqual({ kind: 'unknown' });
    const other = await second.session.startRelocation(move, unaborted());
    expect(other.id).not.toBe(ref.id);
  });

  it('takes an entry that was cut off as never written', async () => {
    const directory = temporaryDirectory();
    const first = await again(directory);
    await first.session.parkVm(first.vm(first.plain).id, 'parked', unaborted());
    const [file = ''] = readdirSync(directory);
    appendFileSync(join(directory, file), '[{"kind":"parked","vm":"');
    const second = await again(directory);
    await second.session.unparkVm(second.vm('parked').id, 'again', unaborted());
    const third = await again(directory);
    expect(third.witness('again').parked).toBe(false);
  });

  it('keeps each site apart', async () => {
    const directory = temporaryDirectory();
    const first = await again(directory);
    await first.session.destroyVm(first.vm(first.plain).id, unaborted());
    const other = await openColdLab('hyperv', { history: fileHistory(directory) });
    expect(other.has(other.plain)).toBe(true);
  });
});
