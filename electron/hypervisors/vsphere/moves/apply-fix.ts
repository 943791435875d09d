import { devicesOf, type Fix, type FixResult, fixObstacle } from '../../../../shared/domain/fix.ts';
import { nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type EntityReading, readEntities } from '../inventory/read-entities.ts';
import { readProperties } from '../inventory/read-properties.ts';
import { type ManagedRef, refOfNativeId } from '../managed-ref.ts';
import { changeDevices, type DeviceChange } from '../requests/fix-requests.ts';
import type { XmlNode } from '../xml/xml-node.ts';
import { asList, asNode, textAt } from '../xml/xml-values.ts';
import { runTask, type TaskWatching } from './follow-task.ts';

/**
 * Changes the devices and reads the VM again. The request is never repeated: it may have arrived.
 * @throws `vm-gone`, `fix-not-possible`; VimFault, and what calls throw
 */
export const applyFix = async (reading: EntityReading, watching: TaskWatching, fix: Fix): Promise<FixResult> => {
  const { signal } = watching;
  const { vmName } = fix;
  const vm = await readVm(reading, fix, signal);
  const why = fixObstacle(fix, vm);
  if (why !== null) throw new AppError('fix-not-possible', { vmName, why });
  const before = devicesOf(fix, vm);
  const ref = refOf(fix);
  const keys = new Set<string | undefined>(before.map(({ key }) => key));
  const devices = (await readDevices(watching, ref)).filter((device) => keys.has(textAt(device, 'key')));
  if (devices.length === 0) throw new AppError('fix-not-possible', { vmName, why: 'nothing-there' });
  const kind: DeviceChange['kind'] = fix.kind === 'remove-usb' ? 'remove' : 'empty-drive';
  const request = changeDevices(
    ref,
    vm.changeVersion,
    devices.map((device) => ({ kind, device })),
  );
  await runTask(watching, request);
  // Also where the server has forgotten the task already: what counts is how the devices are now.
  if (devicesOf(fix, await readVm(reading, fix, signal)).length > 0) {
    throw new AppError('fix-not-possible', { vmName, why: 'still-there' });
  }
  return { before };
};

const refOf = ({ vm, vmName }: Fix): ManagedRef => {
  const ref = refOfNativeId(nativeIdOf(vm));
  if (ref === null) throw new AppError('vm-gone', { vmName });
  return ref;
};

const readVm = async (reading: EntityReading, { vm, vmName }: Fix, signal: AbortSignal): Promise<VirtualMachine> => {
  const [entity] = await readEntities(reading, [vm], signal);
  if (entity?.kind !== 'virtual-machine') throw new AppError('vm-gone', { vmName });
  return entity;
};

const readDevices = async ({ session, signal }: TaskWatching, vm: ManagedRef): Promise<readonly XmlNode[]> => {
  const filter = {
    properties: [{ type: 'VirtualMachine', paths: ['config.hardware.device'] }],
    objects: [{ object: vm }],
    ignoreMissing: true,
  };
  const found = (await readProperties(session, filter, signal)).get(vm);
  return asList(found?.properties['config.hardware.device']).map((device) => asNode(device) ?? {});
};
