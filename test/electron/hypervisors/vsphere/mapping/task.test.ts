import { describe, expect, it } from 'vitest';
import { runningTask, vmsOfTask } from '../../../../../electron/hypervisors/vsphere/mapping/task.ts';

const ref = (type: string, value: string): { type: string; value: string } => ({ type, value });

describe('a task', () => {
  it('is about its VM, and holds those it has locked', () => {
    const facts = {
      'info.entity': ref('ResourcePool', 'resgroup-8'),
      'info.locked': [ref('VirtualMachine', 'vm-7'), ref('HostSystem', 'host-9')],
    };
    expect(vmsOfTask(facts)).toEqual([ref('VirtualMachine', 'vm-7')]);
    expect(vmsOfTask({ 'info.entity': ref('VirtualMachine', 'vm-1') })).toEqual([ref('VirtualMachine', 'vm-1')]);
    expect(vmsOfTask({})).toEqual([]);
  });

  it.each([
    ['running', 'ResourcePool.ImportVAppLRO'],
    ['queued', 'ResourcePool.ImportVAppLRO'],
    ['success', null],
    ['error', null],
  ])('that is %s does %s', (state, doing) => {
    expect(runningTask({ 'info.state': state, 'info.descriptionId': 'ResourcePool.ImportVAppLRO' })).toBe(doing);
  });
});
