import { createLabAdapter } from './hypervisors/lab/lab-adapter.ts';
import { realClock } from './hypervisors/lab/lab-clock.ts';
import type { HypervisorAdapter } from './hypervisors/port.ts';
import { createVsphereAdapter } from './hypervisors/vsphere/vsphere-adapter.ts';

export interface AdapterOptions {
  /** 1: a hot move in the lab takes 3 to 12 s. 10: ten times faster. */
  readonly labSpeed: number;
}

/** The adapters of this release. */
export const createAdapters = ({ labSpeed }: AdapterOptions): readonly HypervisorAdapter[] => [
  createLabAdapter({ clock: realClock, speed: labSpeed, answerMs: 15, usageEveryMs: 4_000 }),
  createVsphereAdapter(),
];

/** How fast the lab is, from `VM_CONSOLE_LAB_SPEED`; 1 unless told otherwise. */
export const labSpeedFrom = (environment: Readonly<Record<string, string | undefined>>): number => {
  const speed = Number(environment.VM_CONSOLE_LAB_SPEED);
  return Number.isFinite(speed) && speed > 0 ? speed : 1;
};
