import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';
import { isVersionAtLeast } from './versions.ts';

/** S2: a USB device (not the bare controller) on ESX 4.1 or newer makes the cold migration fail. */
export const usbDevice: VmPrecaution = {
  id: 'S2',
  name: 'usb-device',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source:
    '操作の対象がVMware ESX 4.1以降の仮想ホストの場合,USBデバイスを構成していると,コールドマイグレーションが失敗します。コールドマイグレーションの前にUSBデバイスの設定を解除してください。',
  check(vm, _move, context) {
    const frame = vmFrame('S2', 'blocker', vm, null, context);
    if (vm.otherDevices === undefined) return [undetermined(frame, 'devices', vm.name)];
    const devices = vm.otherDevices.filter((device) => device.type === 'usb').map((device) => device.label);
    if (devices.length === 0) return [];
    const host = vm.host === null ? undefined : context.inventory.get(vm.host);
    const hostVersion = host?.kind === 'host' ? host.version : undefined;
    if (hostVersion === undefined) return [undetermined(frame, 'host-version', host?.name ?? vm.name)];
    return isVersionAtLeast(hostVersion, '4.1') ? [finding(frame, 'S2', { vm: vm.name, devices, hostVersion })] : [];
  },
};
