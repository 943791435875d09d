import type { FixService } from '../../migration/fix-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const fixHandlers = (fixes: FixService): HandlersOf<'fixes'> => ({
  'fixes.apply': ({ fix }, { signal }) => fixes.apply(fix, signal),
  'fixes.list': ({ limit }) => [...fixes.list(limit)],
  'fixes.done': ({ number }) => fixes.done(number),
});
