import type { Vcsim } from './vcsim.ts';

/** Stopped VMs of cluster-1 in plain pools, each handed out once: so tests of one simulator leave each other alone. */
export const stoppedMachines = async (vcsim: Vcsim, total: number): Promise<() => string> => {
  const names = Array.from({ length: total }, (_, index) => `vm-${String(index + 1).padStart(4, '0')}`);
  const states = await Promise.all(names.map((name) => vcsim.state(name)));
  const unused = states
    .filter(({ power, vApp, compute }) => power === 'poweredOff' && vApp === null && compute === 'cluster-1')
    .map(({ name }) => name);
  return () => {
    const name = unused.shift();
    if (name === undefined) throw new Error('the simulator has no stopped VM left');
    return name;
  };
};
