import { type Finding, finding } from '../domain/finding.ts';
import { destinationFrame, undetermined } from './frame.ts';
import type { DestinationPrecaution } from './precaution.ts';
import type { RuleContext } from './rule.ts';
import type { Target } from './target.ts';

/** Needs the hosts of the destination alone, so it also answers for every row of the tree while the mouse moves. */
export const hostNotUsableFindings = (
  { destination, hosts, usableHosts }: Pick<Target, 'destination' | 'hosts' | 'usableHosts'>,
  context: RuleContext,
): readonly Finding[] => {
  const frame = destinationFrame('X10', 'blocker', destination.id, context);
  if (usableHosts.length > 0) return [];
  const [first, second] = hosts;
  if (first === undefined) return [undetermined(frame, 'hosts', destination.name)];
  if (second !== undefined) return [finding(frame, 'X10', { host: destination.name, state: 'no-usable-host' })];
  const state = first.connection === 'connected' ? 'maintenance' : first.connection;
  return [finding(frame, 'X10', { host: first.name, state })];
};

/** X10: the destination's host is in maintenance mode or not connected, or no host of the pool is usable. */
export const hostNotUsable: DestinationPrecaution = {
  id: 'X10',
  name: 'host-not-usable',
  scope: 'destination',
  platforms: ['vmware', 'hyperv'],
  methods: ['hot', 'cold-evacuate', 'cold-direct'],
  source: 'vSphere API, InvalidState of a host in maintenance mode; SCVMM host rating zero',
  check: hostNotUsableFindings,
};
