import { finding } from '../domain/finding.ts';
import { runsOn } from './cpu-levels.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { PairPrecaution } from './precaution.ts';

/** X17: a running VM uses CPU features that no usable host of the destination has. */
export const cpuCompatibility: PairPrecaution = {
  id: 'X17',
  name: 'cpu-compatibility',
  scope: 'pair',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot'],
  source: 'vSphere API, CpuIncompatible and EVCModeIllegalByVendor; SCVMM refuses a live migration between CPU types',
  check(vm, _move, target, context) {
    if (target.usableHosts.length === 0 || (vm.host !== null && target.usableHosts.some((host) => host.id === vm.host)))
      return [];
    const frame = vmFrame('X17', 'blocker', vm, target.destination.id, context);
    const source = vm.host === null ? undefined : context.inventory.get(vm.host);
    const vmLevel = vm.cpuFeatureLevel ?? (source?.kind === 'host' ? source.cpuFeatureLevel : undefined);
    if (vmLevel === undefined) return [undetermined({ ...frame, severity: 'info' }, 'cpu-level', vm.name)];
    const verdicts = target.usableHosts.map((host) => ({
      host,
      runs: host.cpuFeatureLevel === undefined ? undefined : runsOn(vmLevel, host.cpuFeatureLevel),
    }));
    if (verdicts.some(({ runs }) => runs === true)) return [];
    const untold = verdicts.find(({ runs }) => runs === undefined);
    if (untold !== undefined) return [undetermined({ ...frame, severity: 'info' }, 'cpu-level', untold.host.name)];
    const host = target.usableHosts[0];
    const hostLevel = host?.cpuFeatureLevel ?? '?';
    return [finding(frame, 'X17', { vm: vm.name, vmLevel, host: host?.name ?? target.destination.name, hostLevel })];
  },
};
