import { devicesOf, type Fix, type FixResult, fixObstacle } from '../../../shared/domain/fix.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LabWorld } from './lab-world.ts';
import { fixVm } from './world-acts.ts';

/** @throws `vm-gone`, `fix-not-possible` */
export const applyFix = (world: LabWorld, fix: Fix): FixResult => {
  const { vmName } = fix;
  const vm = world.vm(fix.vm);
  if (vm === undefined) throw new AppError('vm-gone', { vmName });
  const why = fixObstacle(fix, vm);
  if (why !== null) throw new AppError('fix-not-possible', { vmName, why });
  const before = devicesOf(fix, vm);
  fixVm(world, fix);
  const after = world.vm(fix.vm);
  if (after !== undefined && devicesOf(fix, after).length > 0) {
    throw new AppError('fix-not-possible', { vmName, why: 'still-there' });
  }
  return { before };
};
