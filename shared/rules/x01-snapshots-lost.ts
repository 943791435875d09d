import { finding } from '../domain/finding.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { VmPrecaution } from './precaution.ts';

/** X1: an export keeps only the current state, the snapshots are lost. */
export const snapshotsLost: VmPrecaution = {
  id: 'X1',
  name: 'snapshots-lost',
  scope: 'vm',
  platforms: ['vmware'],
  methods: ['cold-evacuate'],
  source: 'vSphere API, OvfManager: an OVF descriptor describes the current state only',
  check(vm, _move, context) {
    const frame = vmFrame('X1', 'warning', vm, null, context);
    if (vm.checkpoints === undefined) return [undetermined(frame, 'checkpoints', vm.name)];
    const checkpoints = vm.checkpoints.map((checkpoint) => checkpoint.name);
    return checkpoints.length === 0 ? [] : [finding(frame, 'X1', { vm: vm.name, checkpoints })];
  },
};
