import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isParkedName, parkedNameOf } from '../../../../electron/migration/cold/image-names.ts';
import { taskId } from '../../../../shared/domain/ids.ts';

it('a parked source is called by its own name first, and by the task that parked it', () => {
  expect(parkedNameOf('crm-db-01', taskId(42))).toBe('crm-db-01 (parked T-42)');
});

it('a parked name is never longer than vSphere takes, and is known as one', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 1, max: 10_000_000 }), (name, number) => {
      const parked = parkedNameOf(name, taskId(number));
      expect(parked.length).toBeLessThanOrEqual(80);
      expect(isParkedName(parked)).toBe(true);
    }),
  );
  expect(isParkedName('web-01 (parked)')).toBe(false);
  expect(isParkedName('(parked T-1) web-01')).toBe(false);
});
