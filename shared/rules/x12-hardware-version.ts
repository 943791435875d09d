import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { PairPrecaution } from './precaution.ts';

/** X12: the VM's hardware or configuration version is newer than the destination runs. */
export const hardwareVersion: PairPrecaution = {
  id: 'X12',
  name: 'hardware-version',
  scope: 'pair',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source:
    'vSphere API, VirtualHardwareVersionNotSupported; Hyper-V: an older host does not import a newer configuration version',
  check(vm, _move, target, context) {
    const frame = () => vmFrame('X12', 'blocker', vm, target.destination.id, context);
    if (target.usableHosts.length === 0) return [];
    if (vm.hardwareVersion === undefined) return [undetermined(frame(), 'hardware-version', vm.name)];
    let newestHost = target.usableHosts[0];
    for (const host of target.usableHosts) {
      if (host.newestHardwareVersion === undefined) return [undetermined(frame(), 'hardware-version', host.name)];
      if (host.newestHardwareVersion > (newestHost?.newestHardwareVersion ?? 0)) newestHost = host;
    }
    const newest = newestHost?.newestHardwareVersion;
    if (newestHost === undefined || newest === undefined || vm.hardwareVersion <= newest) return [];
    const platform = context.platformOf(vm.id) ?? 'vmware';
    const evidence = { vm: vm.name, hardwareVersion: vm.hardwareVersion, host: newestHost.name, newest, platform };
    return [finding(frame(), 'X12', evidence)];
  },
};
