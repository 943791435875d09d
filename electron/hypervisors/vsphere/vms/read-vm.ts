import { type EntityId, nativeIdOf } from '../../../../shared/domain/ids.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type ReadObject, readProperties } from '../inventory/read-properties.ts';
import { refOfNativeId } from '../managed-ref.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { VimFault } from '../transport/soap-fault.ts';
import { asText, displayName } from '../xml/xml-values.ts';

/** A VM with some properties as they are now; null when it is not there any more. */
export const readVmIfThere = async (
  session: ApiSession,
  vm: EntityId,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadObject | null> => {
  const ref = refOfNativeId(nativeIdOf(vm));
  if (ref?.type !== 'VirtualMachine') return null;
  const filter = {
    properties: [{ type: 'VirtualMachine', paths: ['name', ...paths] }],
    objects: [{ object: ref }],
    ignoreMissing: true,
  };
  return (await readProperties(session, filter, signal)).get(ref) ?? null;
};

/** @throws `vm-gone` */
export const readVm = async (
  session: ApiSession,
  vm: EntityId,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadObject> => {
  const found = await readVmIfThere(session, vm, paths, signal);
  if (found === null) throw new AppError('vm-gone', { vmName: nativeIdOf(vm) });
  return found;
};

export const nameOf = ({ ref, properties }: ReadObject): string => displayName(asText(properties.name) ?? ref.value);

/** What the server itself says to a VM that is not powered off, said before anything is asked. @throws VimFault */
export const mustBeOff = (vm: ReadObject): void => {
  const state = asText(vm.properties['runtime.powerState']) ?? 'unknown';
  if (state !== 'poweredOff') throw new VimFault('InvalidPowerState', `${nameOf(vm)} is not off: ${state}.`, {});
};
