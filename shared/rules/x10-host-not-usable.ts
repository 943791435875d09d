import { finding } from '../domain/finding.ts';
import { destinationFrame, undetermined } from './frame.ts';
import type { DestinationPrecaution } from './precaution.ts';

/** X10: the destination's host is in maintenance mode or not connected, or no host of the pool is usable. */
export const hostNotUsable: DestinationPrecaution = {
  id: 'X10',
  name: 'host-not-usable',
  scope: 'destination',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, InvalidState of a host in maintenance mode; SCVMM host rating zero',
  check(target, context) {
    const frame = destinationFrame('X10', 'blocker', target.destination.id, context);
    if (target.usableHosts.length > 0) return [];
    const [first, second] = target.hosts;
    if (first === undefined) return [undetermined(frame, 'hosts', target.destination.name)];
    if (second !== undefined) {
      return [finding(frame, 'X10', { host: target.destination.name, state: 'no-usable-host' })];
    }
    const state = first.connection === 'connected' ? 'maintenance' : first.connection;
    return [finding(frame, 'X10', { host: first.name, state })];
  },
};
