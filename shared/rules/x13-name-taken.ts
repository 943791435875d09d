import { finding } from '../domain/finding.ts';
import { siteOf } from '../domain/ids.ts';
import { undetermined, vmFrame } from './frame.ts';
import type { PairPrecaution } from './precaution.ts';

/** X13: another VM at the destination bears the name. A move inside one manager keeps its name and takes no new one. */
export const nameTaken: PairPrecaution = {
  id: 'X13',
  name: 'name-taken',
  scope: 'pair',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, DuplicateName',
  check(vm, move, target, context) {
    if (move.method !== 'cold-evacuate' && siteOf(vm.id) === siteOf(target.destination.id)) return [];
    const frame = vmFrame('X13', 'blocker', vm, target.destination.id, context);
    const owners = context.vmsNamed(vm.name, target.destination.id);
    if (owners === undefined) return [undetermined(frame, 'names', target.destination.name)];
    const others = owners.filter((id) => id !== vm.id);
    return others.length === 0 ? [] : [finding(frame, 'X13', { vm: vm.name, destination: target.destination.name })];
  },
};
