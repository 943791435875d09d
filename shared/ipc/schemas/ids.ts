import { z } from 'zod';
import type { EntityId, OperationId, SiteId, TaskId } from '../../domain/ids.ts';

const shortText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length < 2_000;

export const siteIdSchema = z.custom<SiteId>((value) => shortText(value) && !value.includes('/'), 'not a site id');
export const entityIdSchema = z.custom<EntityId>(
  (value) => shortText(value) && value.includes('/'),
  'not an entity id',
);
export const operationIdSchema = z.custom<OperationId>(shortText, 'not an operation id');
export const taskIdSchema = z.custom<TaskId>(
  (value) => Number.isSafeInteger(value) && (value as number) > 0,
  'not a task id',
);
