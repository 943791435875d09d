import { AppError } from '../../../shared/errors/app-error.ts';
import type { PrecautionGuard } from '../../migration/guard.ts';
import type { TaskRunner } from '../../migration/task-runner.ts';
import type { HandlersOf } from '../handlers.ts';

export const migrationHandlers = (guard: PrecautionGuard, runner: TaskRunner): HandlersOf<'migration'> => ({
  'migration.check': ({ operation }, { signal }) => guard.check(operation.moves, operation.atATime, signal),
  'migration.start': ({ operation }) =>
    runner.submit(operation).map((header) => {
      const view = runner.log.view(header.id);
      if (view === null) throw new AppError('internal', { detail: `task ${header.id} cannot be read back` });
      return view;
    }),
});
