import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X4: a device of the physical host stays on that host. */
export const passThroughDevice: VmPrecaution = {
  id: 'X4',
  name: 'pass-through-device',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, VirtualPCIPassthrough, VirtualSriovEthernetCard; Hyper-V discrete device assignment',
  check(vm, _move, context) {
    const frame = vmFrame('X4', 'blocker', vm, null, context);
    const pci = (vm.otherDevices ?? []).filter(
      (device) => device.type === 'pci-pass-through' || device.type === 'virtual-gpu',
    );
    const sriov = (vm.adapters ?? []).filter((adapter) => adapter.srIov === true);
    const devices = [...pci, ...sriov].map((device) => device.label);
    if (devices.length > 0) return [finding(frame, 'X4', { vm: vm.name, devices })];
    if (vm.otherDevices === undefined) return [undetermined(frame, 'devices', vm.name)];
    return vm.adapters === undefined ? [undetermined(frame, 'adapters', vm.name)] : [];
  },
};
