import type { RecoveryService } from '../../migration/recovery-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const recoveryHandlers = (recovery: RecoveryService): HandlersOf<'recovery'> => ({
  'recovery.assess': ({ task }) => recovery.assess(task),
  'recovery.choose': ({ task, choice }, { signal }) => recovery.choose(task, choice, signal),
  'recovery.findLost': () => recovery.findLost(),
});
