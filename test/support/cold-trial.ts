import { expect } from 'vitest';
import type { LabFault } from '../../electron/hypervisors/lab/lab-faults.ts';
import type { TaskView } from '../../shared/domain/task.ts';
import { type ColdBench, type ColdBenchOptions, coldBench } from './cold-bench.ts';
import { broken, type Original, originalOf, whatThereIs } from './cold-invariant.ts';

/* One migration of the same VM under some trouble, and what is true afterwards, in few words. */

export const pool = 'rp-staging';
export const vmName = 'payroll-01';

export interface Trial {
  readonly bench: ColdBench;
  readonly original: Original;
  readonly view: TaskView;
  /** Where the VM is, in words: `payroll-01 off in rp-old; 1 image`. */
  readonly truth: string;
}

export const truthOf = async (bench: ColdBench, original: Original): Promise<string> => {
  const there = await whatThereIs(original, bench.server, bench.images, bench.folder);
  expect(broken(there)).toEqual([]);
  const home = (vm: (typeof there.whole)[number]): string =>
    vm.pool === original.vm.pool ? 'home' : (bench.server.world.get(vm.pool ?? vm.id)?.name ?? '');
  return [
    ...there.whole.map((vm) => `${vm.name.replace(/T-\d+/, 'T')} ${vm.powerState} in ${home(vm)}`),
    ...there.halfMade.map(() => 'half-made'),
    ...there.sealedImages.map(() => 'image'),
    ...there.otherDirectories.map(() => 'other directory'),
  ].join('; ');
};

/** Runs one migration of the same VM under some trouble, and lets what can end by itself end. */
export const trial = async (
  trouble: (bench: ColdBench) => void,
  options: ColdBenchOptions & { readonly sourcePolicy?: 'delete-before-restore' } = {},
): Promise<Trial> => {
  const { sourcePolicy, ...rest } = options;
  const bench = await coldBench(rest);
  const original = originalOf(bench.server, vmName);
  trouble(bench);
  const [task] = bench.submit(bench.move(vmName, pool, sourcePolicy === undefined ? {} : { sourcePolicy }));
  if (task === undefined) throw new Error('no task');
  await bench.quiet();
  return { bench, original, view: bench.view(task), truth: await truthOf(bench, original) };
};

export const arm =
  (...faults: readonly LabFault[]) =>
  (bench: ColdBench): void => {
    for (const fault of faults) bench.lab.faults.arm(fault);
  };

export const home = `${vmName} off in home`;
export const there = `${vmName} on in ${pool}`;
export const parked = `${vmName} (parked T) off in home`;

export const summary = ({ view, truth }: Trial): string => `${view.state} ${view.error?.code ?? '-'}: ${truth}`;
