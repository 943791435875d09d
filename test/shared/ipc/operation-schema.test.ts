import { describe, expect, it } from 'vitest';
import { operationId } from '../../../shared/domain/ids.ts';
import type { Destination, MigrationOperation, Move } from '../../../shared/domain/migration.ts';
import { operationSchema } from '../../../shared/ipc/schemas/migration.ts';
import { idOf } from '../../support/inventory-builders.ts';

const pool = (name: string): Destination => ({ kind: 'resource-pool', id: idOf('pool', name), name });
const move = (name: string, destination: Destination): Move => ({
  vm: idOf('vm', name),
  vmName: name,
  method: 'hot',
  destination,
  host: null,
  datastore: null,
  networkMap: {},
});
const operation = (moves: readonly Move[]): MigrationOperation => ({
  id: operationId('operation-1'),
  destination: pool('pool-01'),
  moves,
  acknowledgements: [],
  atATime: 2,
});

describe('a migration operation', () => {
  it('takes several VMs to one and the same pool', () => {
    const whole = operation([move('web-01', pool('pool-01')), move('web-02', pool('pool-01'))]);
    expect(operationSchema.parse(whole)).toEqual(whole);
  });

  it.each([
    ['VMs going to two pools (D4)', operation([move('a', pool('pool-01')), move('b', pool('pool-02'))]), /D4/],
    ['the same VM twice', operation([move('a', pool('pool-01')), move('a', pool('pool-01'))]), /twice/],
    ['no VM at all', operation([]), /./],
    ['more than 16 at a time', { ...operation([move('a', pool('pool-01'))]), atATime: 17 }, /./],
    [
      'an acknowledgement without a reason',
      {
        ...operation([move('a', pool('pool-01'))]),
        acknowledgements: [{ vm: idOf('vm', 'a'), ruleId: 'S6', reason: '  x ' }],
      },
      /./,
    ],
  ])('refuses %s', (_, value, message) => {
    const result = operationSchema.safeParse(value);
    expect(result.success).toBe(false);
    expect(result.error?.message).toMatch(message);
  });
});
