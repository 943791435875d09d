import { describe, expect, it } from 'vitest';
import {
  moveOfRef,
  type RunningMove,
  refOfMove,
} from '../../../../../electron/hypervisors/vsphere/moves/platform-task-ref.ts';

const task = { type: 'Task', value: 'task-1042' };
const afterwards = {
  vm: { type: 'VirtualMachine', value: 'vm-12' },
  into: { type: 'VirtualApp', value: 'resgroup-v5' },
};

describe('the reference of a move', () => {
  it.each([
    { task, afterwards: null },
    { task, afterwards },
    { task: null, afterwards: null },
  ] satisfies readonly RunningMove[])('survives as text: %j', (move) => {
    expect(moveOfRef(refOfMove(move))).toEqual(move);
  });

  it('is a single line a person can read in the log', () => {
    expect(refOfMove({ task, afterwards }).id).toBe(
      'Task:task-1042 then VirtualMachine:vm-12 into VirtualApp:resgroup-v5',
    );
  });

  it.each([
    '',
    'task-1042',
    'VirtualMachine:vm-1',
    'Task:',
    'Task:1 then x',
    'Task:1 then VirtualMachine:vm-1 into',
    'Task:1 then A:1 into B:2 into C:3',
    'Task:1 then A:1 into B:2 then C:3 into D:4',
  ])('is none: %j', (id) => {
    expect(moveOfRef({ id })).toBeNull();
  });
});
