import { type Finding, finding } from '../domain/finding.ts';
import type { Host, ResourcePool, VApp } from '../domain/inventory.ts';
import type { VirtualMachine } from '../domain/virtual-machine.ts';
import { destinationFrame, undetermined } from './frame.ts';
import { poolsAround } from './pool-chain.ts';
import type { BatchPrecaution, PrecautionContext } from './precaution.ts';
import type { Target } from './target.ts';

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

const memoryOf = (vms: readonly VirtualMachine[]): number => vms.reduce((sum, vm) => sum + vm.memoryBytes, 0);

/** What the hosts have left for the VMs that do not run on them yet. */
const onHosts = (vms: readonly VirtualMachine[], target: Target, context: PrecautionContext): readonly Finding[] => {
  const frame = destinationFrame('X11', 'warning', target.destination.id, context);
  const here = new Set(target.hosts.map((host) => host.id));
  const coming = vms.filter((vm) => vm.host === null || !here.has(vm.host) || vm.powerState !== 'on');
  if (coming.length === 0 || target.usableHosts.length === 0) return [];
  const findings: Finding[] = [];
  const neededBytes = memoryOf(coming);
  const freeBytes = total(target.usableHosts, (host) =>
    host.memoryTotalBytes === undefined || host.memoryUsedBytes === undefined
      ? undefined
      : Math.max(0, host.memoryTotalBytes - host.memoryUsedBytes),
  );
  if (freeBytes === undefined) findings.push(undetermined(frame, 'capacity', target.destination.name));
  else if (neededBytes > freeBytes) {
    findings.push(finding(frame, 'X11-memory', { destination: target.destination.name, neededBytes, freeBytes }));
  }
  const totalMhz = total(target.usableHosts, (host) => host.cpuTotalMhz);
  const usedMhz = total(target.usableHosts, (host) => host.cpuUsedMhz);
  if (totalMhz !== undefined && usedMhz !== undefined && usedMhz > totalMhz * cpuLimit) {
    findings.push(finding(frame, 'X11-cpu', { destination: target.destination.name, usedMhz, totalMhz }));
  }
  return findings;
};

/** What a pool's own limits leave for the VMs that do not run in it yet. */
const inPool = (
  pool: ResourcePool | VApp,
  vms: readonly VirtualMachine[],
  target: Target,
  context: PrecautionContext,
): readonly Finding[] => {
  const frame = {
    ...destinationFrame('X11', 'warning', target.destination.id, context),
    factReadAt: context.factReadAt(pool.id),
  };
  const isInside = (vm: VirtualMachine): boolean =>
    poolsAround(vm.pool, context.inventory).some((around) => around.id === pool.id);
  const coming = vms.filter((vm) => vm.powerState !== 'on' || !isInside(vm));
  if (coming.length === 0) return [];
  const { memoryLimitBytes, memoryUsedBytes, cpuLimitMhz, cpuUsedMhz } = pool;
  if (memoryLimitBytes === undefined || cpuLimitMhz === undefined)
    return [undetermined(frame, 'pool-limit', pool.name)];
  const findings: Finding[] = [];
  if (memoryLimitBytes !== null) {
    const neededBytes = memoryOf(coming);
    if (memoryUsedBytes === undefined) findings.push(undetermined(frame, 'capacity', pool.name));
    else if (neededBytes > memoryLimitBytes - memoryUsedBytes) {
      const evidence = { pool: pool.name, neededBytes, limitBytes: memoryLimitBytes, usedBytes: memoryUsedBytes };
      findings.push(finding(frame, 'X11-pool-memory', evidence));
    }
  }
  if (cpuLimitMhz !== null) {
    if (cpuUsedMhz === undefined) findings.push(undetermined(frame, 'pool-cpu', pool.name));
    else if (cpuUsedMhz > cpuLimitMhz * cpuLimit) {
      findings.push(finding(frame, 'X11-pool-cpu', { pool: pool.name, usedMhz: cpuUsedMhz, limitMhz: cpuLimitMhz }));
    }
  }
  return findings;
};

/**
 * X11: too little memory or CPU left at the destination, counted over all VMs of the operation that come from elsewhere:
 * on its hosts, and below the limits of the pool and of every pool it lies in.
 */
export const capacity: BatchPrecaution = {
  id: 'X11',
  name: 'capacity',
  scope: 'batch',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source:
    'vSphere API, InsufficientMemoryResourcesFault and InsufficientCpuResourcesFault; ResourceAllocationInfo.limit of resource pools; SCVMM host rating zero for memory',
  check(planned, target, context) {
    const vms = planned.map(({ vm }) => vm);
    return [
      ...onHosts(vms, target, context),
      ...poolsAround(target.destination.id, context.inventory).flatMap((pool) => inPool(pool, vms, target, context)),
    ];
  },
};
