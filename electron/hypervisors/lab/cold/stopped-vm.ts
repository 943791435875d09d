import { type EntityId, nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../../../shared/domain/virtual-machine.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { LabWorld } from '../lab-world.ts';
import { createObjector, judgeVm } from '../placement/judge-placement.ts';
import type { ObjectionReason } from '../placement/objection-texts.ts';
import { refusal } from '../placement/refusal.ts';

/** @throws AppError `vm-gone` */
export const knownVm = (world: LabWorld, id: EntityId): VirtualMachine => {
  const vm = world.vm(id);
  if (vm === undefined) throw new AppError('vm-gone', { vmName: nativeIdOf(id) });
  return vm;
};

/** A VM that is stopped, and that nothing else holds. @throws AppError `vm-gone`, `platform-fault` */
export const stoppedVm = (world: LabWorld, id: EntityId, operation: string): VirtualMachine => {
  const vm = knownVm(world, id);
  const against = judgeVm(world, vm, { method: 'cold-direct' });
  if (against.length > 0) throw refusal(operation, against);
  return vm;
};

/** What the platform answers when this one thing speaks against it. */
export const refusedFor = (
  world: LabWorld,
  vm: VirtualMachine,
  operation: string,
  reason: ObjectionReason,
  detail = '',
): AppError => {
  const { objections, object } = createObjector(world, vm, null);
  object(reason, detail);
  return refusal(operation, objections);
};
