import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X5: what a virtual TPM or a key server holds is not in an image. */
export const tpmOrEncrypted: VmPrecaution = {
  id: 'X5',
  name: 'tpm-or-encrypted',
  scope: 'vm',
  platforms: ['vmware', 'hyperv'],
  methods: ['cold-evacuate'],
  source:
    'vSphere Security: encrypted VMs and VMs with a vTPM cannot be exported to OVF; Hyper-V: a vTPM key protector belongs to its host guardian',
  check(vm, _move, context) {
    const frame = vmFrame('X5', 'blocker', vm, null, context);
    const tpm = vm.otherDevices?.some((device) => device.type === 'tpm') === true;
    const encrypted = vm.encrypted === true;
    if (tpm || encrypted) return [finding(frame, 'X5', { vm: vm.name, tpm, encrypted })];
    if (vm.otherDevices === undefined) return [undetermined(frame, 'devices', vm.name)];
    return vm.encrypted === undefined ? [undetermined(frame, 'encryption', vm.name)] : [];
  },
};
