import type { EvacuationPlan } from '../../shared/domain/evacuation.ts';
import { openVsphereConsole, type VcsimServer } from '../support/vsphere-console.ts';
import { mortal } from './mortal.ts';

/*
 * A console on the vCenter simulator of its parent, in a process of its own: it migrates one VM and is killed when a
 * point of that name is met for so many times. SIGKILL, nothing is tidied up. Its argument is JSON.
 */

export interface VsphereLife {
  readonly server: VcsimServer;
  readonly directory: string;
  readonly vmName: string;
  readonly to: string;
  readonly plan: Partial<EvacuationPlan>;
  readonly dieAt: string;
  readonly times: number;
}

const { server, directory, vmName, to, plan, dieAt, times } = JSON.parse(process.argv[2] ?? '{}') as VsphereLife;

let met = 0;
const life = mortal(
  (what) => {
    if (what === dieAt) met += 1;
    return met >= times;
  },
  () => process.kill(process.pid, 'SIGKILL'),
);
const opened = await openVsphereConsole({ server, directory, wrapSession: life.wrapSession });
await opened.run(opened.move(vmName, to, plan));
process.exit(0);
