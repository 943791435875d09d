import { onTestFinished } from 'vitest';
import type { EvacuationPlan, RecoveryAction } from '../../shared/domain/evacuation.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { type Meddling, meddlingSession } from './meddling-session.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import type { Vcsim } from './vcsim.ts';
import { type OriginalVm, originalOf, whatThereIs } from './vcsim-witness.ts';
import { openVsphereConsole, type VsphereConsole, type VsphereConsoleOptions } from './vsphere-console.ts';

/* One cold migration of a VM of the simulator under some trouble, and what is true afterwards, in few words. */

export interface VcsimTrial {
  readonly console: VsphereConsole;
  readonly original: OriginalVm;
  readonly view: TaskView;
  /** What the log says of the task, and what there is: `completed -: VM on in there`. */
  readonly summary: string;
  /** The same, looked at again. */
  look(): Promise<string>;
  /** Lets a person choose, and tells what became of it. */
  choose(action: RecoveryAction, elsewhere?: string): Promise<string>;
}

/** Where all trials go. */
export const destination = 'production-2-a';

export const home = 'VM off in home';
export const there = 'VM on in there';
export const parked = 'VM (parked T) off in home';

export interface VcsimTrialOptions {
  readonly plan?: Partial<EvacuationPlan>;
  readonly timing?: VsphereConsoleOptions['timing'];
  /** Where the VM goes; {@link destination} unless told otherwise. */
  readonly to?: string;
}

/**
 * A lease that nobody keeps alive ends as soon as it may: a vCenter gives it five minutes, and the clock of these
 * consoles runs ten times as fast.
 */
export const briefLeases = { leaseTimeoutSeconds: 2 };

/** Takes away what keeps a VM from being looked at, and from being recovered. */
export const endTrouble = async (vcsim: Vcsim): Promise<void> => {
  await vcsim.control('/transfers', briefLeases);
  await vcsim.control('/fault/clear', {});
};

/** A console on the simulator that ends with its test. */
export const consoleForTest = async (
  vcsim: Vcsim,
  options: Partial<VsphereConsoleOptions> = {},
): Promise<VsphereConsole> => {
  const opened = await openVsphereConsole({ server: vcsim, directory: temporaryDirectory(), ...options });
  onTestFinished(() => opened.close());
  return opened;
};

/**
 * What there is of a VM now, and the task's word. @throws Error when the invariant is broken
 */
export const truth = async (
  vcsim: Vcsim,
  { folder }: VsphereConsole,
  original: OriginalVm,
  view: TaskView,
  to: string,
): Promise<string> => {
  const { words, problems } = await whatThereIs(vcsim, folder, original);
  if (problems.length > 0) throw new Error(`${problems.join(', ')} (${view.state}: ${words})`);
  const placed = words.replaceAll(original.name, 'VM').replaceAll(`in ${to}`, 'in there');
  return `${view.state} ${view.error?.code ?? '-'}: ${placed}`;
};

/** Migrates one VM, which nothing was done to before, and lets what can end by itself end. */
export const vcsimTrial = async (
  vcsim: Vcsim,
  vmName: string,
  meddling: (made: () => VsphereConsole) => Meddling,
  { plan = {}, timing = {}, to = destination }: VcsimTrialOptions = {},
): Promise<VcsimTrial> => {
  const original = await originalOf(vcsim, vmName);
  let opened: VsphereConsole | null = null;
  const made = (): VsphereConsole => {
    if (opened === null) throw new Error('the console is not open yet');
    return opened;
  };
  const console_ = await consoleForTest(vcsim, {
    timing,
    wrapSession: (session) => meddlingSession(session, meddling(made)),
  });
  opened = console_;
  await vcsim.control('/transfers', briefLeases);
  const view = await console_.run(console_.move(vmName, to, plan));
  await endTrouble(vcsim);
  return {
    console: console_,
    original,
    view,
    summary: await truth(vcsim, console_, original, view, to),
    look: () => truth(vcsim, console_, original, view, to),
    choose: async (action, elsewhere) => {
      const after = await console_.choose(view.header.id, action, elsewhere);
      return truth(vcsim, console_, original, after, elsewhere ?? to);
    },
  };
};
