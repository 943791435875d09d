import type { LabServer } from './lab-server.ts';
import { hashOf, numbersFrom } from './world/seeded-numbers.ts';
import type { VmLoad } from './world/world-state.ts';

/** Of every so many running VMs one changes at a time. */
const oneIn = 12;

const wobbled = (load: VmLoad, number: number): VmLoad => ({
  cpuMhz: Math.max(100, Math.round(load.cpuMhz * (0.85 + 0.3 * number))),
  memoryBytes: Math.round(load.memoryBytes * (0.99 + 0.02 * number)),
});

/**
 * Lets the VMs of a site take a little more or less from time to time, so that live updates are seen. Each VM stays
 * near its first load. @returns stops it.
 */
export const startUsageLife = ({ world, clock, pace }: LabServer): (() => void) => {
  const { usageEveryMs } = pace;
  if (usageEveryMs === null) return () => undefined;
  const next = numbersFrom(hashOf(world.site));
  const first = new Map(world.loads());
  let stop: () => void = () => undefined;
  const beat = (): void => {
    const changed = new Map(
      [...world.loads()]
        .filter(() => next() < 1 / oneIn)
        .map(([id, load]) => [id, wobbled(first.get(id) ?? load, next())] as const),
    );
    world.setLoads(changed);
    stop = clock.after(usageEveryMs, beat);
  };
  stop = clock.after(usageEveryMs, beat);
  return () => stop();
};
