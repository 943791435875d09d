import { AppError } from '../../../shared/errors/app-error.ts';
import type { ImageStore } from '../../evacuation/ports.ts';
import type { PrecautionGuard } from '../../migration/guard.ts';
import { imagesToRestore } from '../../migration/images-to-restore.ts';
import type { TaskRunner } from '../../migration/task-runner.ts';
import type { HandlersOf } from '../handlers.ts';

export const migrationHandlers = (
  guard: PrecautionGuard,
  runner: TaskRunner,
  images: ImageStore,
): HandlersOf<'migration'> => ({
  'migration.check': ({ operation }, { signal }) => guard.check(operation.moves, operation.atATime, signal),
  'migration.start': async ({ operation }) =>
    runner.submit(operation, await imagesToRestore(operation, images)).map((header) => {
      const view = runner.log.view(header.id);
      if (view === null) throw new AppError('internal', { detail: `task ${header.id} cannot be read back` });
      return view;
    }),
});
