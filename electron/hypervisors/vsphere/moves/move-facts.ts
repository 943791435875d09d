import { nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { Move } from '../../../../shared/domain/migration.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { type ReadObject, readProperties } from '../inventory/read-properties.ts';
import { refOfNativeId } from '../managed-ref.ts';
import type { PropertySpec, Traversal } from '../requests/property-requests.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { asRef, asRefs } from '../xml/xml-values.ts';
import { destinationObject, destinationProperties, ownerOfDestination } from './destination-facts.ts';
import { placementPaths } from './locate.ts';
import type { MoveFacts } from './move-plan.ts';

const properties: readonly PropertySpec[] = [
  { type: 'VirtualMachine', paths: [...placementPaths, 'config.hardware.device'] },
  ...destinationProperties,
];

const fromVm: readonly Traversal[] = [
  { type: 'VirtualMachine', path: 'resourcePool', onward: [{ type: 'ResourcePool', path: 'owner' }] },
];

export interface MoveObjects {
  readonly facts: MoveFacts;
  readonly vm: ReadObject;
}

/**
 * Reads, in one question, what {@link planMove} needs.
 * @throws `vm-gone`, `destination-gone`; VimFault, and what calls throw
 */
export const readMoveFacts = async (session: ApiSession, move: Move, signal: AbortSignal): Promise<MoveObjects> => {
  const { kind } = move.destination;
  const vmRef = refOfNativeId(nativeIdOf(move.vm));
  const destinationRef = refOfNativeId(nativeIdOf(move.destination.id));
  if (vmRef === null) throw vmGone(move);
  if (destinationRef === null) throw destinationGone(move);
  const objects = [{ object: vmRef, traversals: fromVm }, destinationObject(destinationRef, kind)];
  const found = await readProperties(session, { properties, objects, ignoreMissing: true }, signal);
  const vm = found.get(vmRef);
  if (vm === undefined) throw vmGone(move);
  const owner = ownerOfDestination(found, destinationRef, kind);
  if (owner === null) throw destinationGone(move);
  const pool = asRef(vm.properties.resourcePool);
  const facts: MoveFacts = {
    vm: vm.ref,
    currentHost: asRef(vm.properties['runtime.host']) ?? null,
    currentDatastores: asRefs(vm.properties.datastore),
    currentOwner: (pool && asRef(found.get(pool)?.properties.owner)) ?? null,
    destination: { kind, ref: destinationRef },
    destinationOwner: owner,
    singleHost: session.content.kind === 'esxi',
  };
  return { facts, vm };
};

const vmGone = (move: Move): AppError => new AppError('vm-gone', { vmName: move.vmName });
const destinationGone = (move: Move): AppError => new AppError('destination-gone', { name: move.destination.name });
