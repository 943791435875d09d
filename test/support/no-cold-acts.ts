import type { ColdActs, HypervisorSession } from '../../electron/hypervisors/port.ts';
import { AppError } from '../../shared/errors/app-error.ts';

const never = (): Promise<never> =>
  Promise.reject(new AppError('internal', { detail: 'this platform is scripted for moves of running VMs alone' }));

/** For scripted platforms on which nothing is ever moved cold. */
export const noColdActs: Pick<HypervisorSession, 'findVm'> & ColdActs = {
  findVm: never,
  prepareExport: never,
  openExport: never,
  checkImport: never,
  openImport: never,
  restoreIdentity: never,
  parkVm: never,
  unparkVm: never,
  powerOnVm: never,
  destroyVm: never,
};
