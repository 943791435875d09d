import { AppError } from '../../../../shared/errors/app-error.ts';
import type { PlatformObjection } from '../../port.ts';

/** The first thing the platform has against it, as the fault it answers with. */
export const refusal = (operation: string, objections: readonly PlatformObjection[]): AppError => {
  const first = objections.find(({ severity }) => severity === 'error') ?? objections[0];
  const fault = first?.fault ?? 'MigrationFault';
  const message = first?.message ?? 'The virtual machine cannot be moved.';
  return new AppError('platform-fault', { fault, message, operation });
};
