import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EvacuationPlan, RecoveryAction, RecoveryFacts } from '../../../../shared/domain/evacuation.ts';
import type { VsphereLife } from '../../../crash/vsphere-life.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { describeWithVcsim, startVcsim, type Vcsim } from '../../../support/vcsim.ts';
import { briefLeases, consoleForTest, destination, home, there, truth } from '../../../support/vcsim-cold-trial.ts';
import { stoppedMachines } from '../../../support/vcsim-machines.ts';
import { originalOf, whatThereIs } from '../../../support/vcsim-witness.ts';

const program = fileURLToPath(new URL('../../../crash/vsphere-life.ts', import.meta.url));
const machines = 80;

/** Lets a console live in a process of its own until it is killed. @throws Error when it ended otherwise */
const dieOnTheWay = async (life: VsphereLife): Promise<void> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(life)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [complaints, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (signal !== 'SIGKILL') throw new Error(`the console was not killed, it ended with ${code}: ${complaints}`);
};

const deleting: Partial<EvacuationPlan> = { sourcePolicy: 'delete-before-restore' };

type Facts = readonly [RecoveryFacts['source'], RecoveryFacts['image'], RecoveryFacts['restored']];

describeWithVcsim('a console that is killed in the middle of a cold migration of a vCenter', () => {
  let vcsim: Vcsim;
  let freshVm: () => string;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: machines, clusters: 2, hosts: 2, scenarios: false });
    freshVm = await stoppedMachines(vcsim, machines);
  });
  afterAll(() => vcsim?.stop());

  it.each<[string, string, number, Partial<EvacuationPlan>, Facts, RecoveryAction, string]>([
    [
      'before the export',
      'before platform.openExport',
      1,
      {},
      ['intact', 'partial', 'none'],
      'resume',
      `completed -: ${there}`,
    ],
    [
      'when the platform holds the VM',
      'after platform.openExport',
      1,
      {},
      ['intact', 'partial', 'none'],
      'roll-back',
      `cancelled -: ${home}`,
    ],
    [
      'in the middle of a disk',
      'in openExport.read',
      3,
      {},
      ['intact', 'partial', 'none'],
      'resume',
      `completed -: ${there}`,
    ],
    [
      'when the image is sealed',
      'before platform.parkVm',
      1,
      {},
      ['intact', 'sealed', 'none'],
      'roll-back',
      `cancelled -: ${home}`,
    ],
    [
      'when the source is parked',
      'after platform.parkVm',
      1,
      {},
      ['parked', 'sealed', 'none'],
      'resume',
      `completed -: ${there}`,
    ],
    [
      'when the source is deleted',
      'after platform.destroyVm',
      1,
      deleting,
      ['gone', 'sealed', 'none'],
      'restore-to-origin',
      `cancelled -: ${home}`,
    ],
    [
      'in the middle of an upload',
      'in openImport.write',
      2,
      {},
      ['parked', 'sealed', 'incomplete'],
      'resume',
      `completed -: ${there}`,
    ],
    [
      'when the import is complete',
      'after openImport.complete',
      1,
      {},
      ['parked', 'sealed', 'incomplete'],
      'roll-back',
      `cancelled -: ${home}`,
    ],
    [
      'when the copy runs',
      'after platform.powerOnVm',
      1,
      {},
      ['parked', 'sealed', 'running'],
      'resume',
      `completed -: ${there}`,
    ],
  ])('%s: nothing is lost', async (_, dieAt, times, plan, [source, image, restored], action, after) => {
    const vmName = freshVm();
    const directory = temporaryDirectory();
    const { address, port, username, password, fingerprint } = vcsim;
    const server = { address, port, username, password, fingerprint };
    await vcsim.control('/transfers', { ...briefLeases, diskBytes: 3_000_000 });
    const original = await originalOf(vcsim, vmName);
    await dieOnTheWay({ server, directory, vmName, to: destination, plan, dieAt, times });

    const opened = await consoleForTest(vcsim, { directory });
    await opened.services.runner.quiet();
    const [view] = opened.services.runner.log.list({ limit: 1, before: null });
    if (view === undefined) throw new Error('the console has forgotten its task');
    expect(view.state).toBe('interrupted');
    const { facts, options } = await opened.services.recovery.assess(view.header.id);
    expect(facts).toEqual({ source, image, restored });
    expect((await whatThereIs(vcsim, opened.folder, original)).problems).toEqual([]);
    expect(options.find((option) => option.action === action)?.obstacle).toBeNull();
    const ended = await opened.choose(view.header.id, action);
    // A lease of the dead console may hold the source a little longer.
    await expect.poll(() => truth(vcsim, opened, original, ended, destination), { timeout: 30_000 }).toBe(after);
  });
});
