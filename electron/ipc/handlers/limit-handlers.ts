import type { LimitService } from '../../migration/limit-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const limitHandlers = (limits: LimitService): HandlersOf<'limits'> => ({
  'limits.read': () => limits.read(),
  'limits.change': (wanted) => limits.change(wanted),
});
