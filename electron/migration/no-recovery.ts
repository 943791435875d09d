import { AppError } from '../../shared/errors/app-error.ts';
import type { RecoveryService } from './recovery-service.ts';

const refused = (): Promise<never> => Promise.reject(new AppError('method-unavailable', { method: 'cold-evacuate' }));

/** Of a console without cold migration: there is nothing to recover. */
export const noRecovery: RecoveryService = { assess: refused, choose: refused, findLost: refused };
