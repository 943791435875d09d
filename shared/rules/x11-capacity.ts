import { type Finding, finding } from '../domain/finding.ts';
import type { Host } from '../domain/inventory.ts';
import { destinationFrame, undetermined } from './frame.ts';
import type { BatchPrecaution } from './precaution.ts';

/** CPU in use above this part of the whole is called too little left. */
const cpuLimit = 0.85;

const total = (hosts: readonly Host[], pick: (host: Host) => number | undefined): number | undefined => {
  let sum = 0;
  for (const host of hosts) {
    const value = pick(host);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
};

/** X11: too little memory or CPU left at the destination, counted over all VMs of the operation that come from elsewhere. */
export const capacity: BatchPrecaution = {
  id: 'X11',
  name: 'capacity',
  scope: 'batch',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source:
    'vSphere API, InsufficientMemoryResourcesFault and InsufficientCpuResourcesFault; SCVMM host rating zero for memory',
  check(vms, target, context) {
    const frame = destinationFrame('X11', 'warning', target.destination.id, context);
    const here = new Set(target.hosts.map((host) => host.id));
    const coming = vms.filter(({ vm }) => vm.host === null || !here.has(vm.host) || vm.powerState !== 'on');
    if (coming.length === 0 || target.usableHosts.length === 0) return [];
    const findings: Finding[] = [];
    const neededBytes = coming.reduce((sum, { vm }) => sum + vm.memoryBytes, 0);
    const freeBytes = total(target.usableHosts, (host) =>
      host.memoryTotalBytes === undefined || host.memoryUsedBytes === undefined
        ? undefined
        : Math.max(0, host.memoryTotalBytes - host.memoryUsedBytes),
    );
    if (freeBytes === undefined)
      findings.push(undetermined({ ...frame, severity: 'info' }, 'capacity', target.destination.name));
    else if (neededBytes > freeBytes) {
      findings.push(finding(frame, 'X11-memory', { destination: target.destination.name, neededBytes, freeBytes }));
    }
    const totalMhz = total(target.usableHosts, (host) => host.cpuTotalMhz);
    const usedMhz = total(target.usableHosts, (host) => host.cpuUsedMhz);
    if (totalMhz !== undefined && usedMhz !== undefined && usedMhz > totalMhz * cpuLimit) {
      findings.push(finding(frame, 'X11-cpu', { destination: target.destination.name, usedMhz, totalMhz }));
    }
    return findings;
  },
};
