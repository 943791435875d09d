import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Host } from '../domain/inventory.ts';
import type { NetworkAdapter, VirtualMachine, VmSummary } from '../domain/virtual-machine.ts';
import { isOpenWarning } from './acknowledgement.ts';
import { type DatastoreChoice, type NetworkChoice, networkAtDestination } from './destination-choices.ts';
import { type MigrationDraft, mostVms, participationOf } from './migration-draft.ts';

/** Why an operation cannot be started yet, with what a person has to look at. */
export type StartObstacle =
  | { readonly kind: 'no-destination' }
  /** Every VM was left out. */
  | { readonly kind: 'no-vm' }
  | { readonly kind: 'too-many-vms'; readonly count: number; readonly most: number }
  | { readonly kind: 'vm-blocked'; readonly vm: EntityId | null; readonly finding: Finding }
  /** What was chosen is no longer offered: a host that went into maintenance mode, for example. */
  | { readonly kind: 'choice-gone'; readonly what: 'host' | 'datastore' }
  | { readonly kind: 'network-missing'; readonly vm: EntityId; readonly adapter: string }
  | { readonly kind: 'warning-open'; readonly vm: EntityId | null; readonly finding: Finding }
  /** The findings shown do not answer for the present choices. */
  | { readonly kind: 'not-checked'; readonly check: 'running' | 'stopped' | 'failed' };

/** How the last `migration.check` stands towards the present choices. */
export type CheckStanding = 'fresh' | 'running' | 'stopped' | 'failed';

/** Adapters of a VM whose network does not exist at the destination, and which have no other one that does. */
export const adaptersWithoutNetwork = (
  draft: MigrationDraft,
  vm: VirtualMachine,
  networks: readonly NetworkChoice[],
): readonly NetworkAdapter[] =>
  (vm.adapters ?? []).filter(
    (adapter) => networkAtDestination(adapter, draft.networks.get(vm.id)?.[adapter.key], networks).kind === 'missing',
  );

export interface StartState {
  readonly draft: MigrationDraft;
  readonly vms: readonly VmSummary[];
  /** VMs with a blocker of the destination rules, see `canDrop`. */
  readonly blocked: readonly EntityId[];
  /** Full facts, as far as they are at hand. */
  readonly facts: ReadonlyMap<EntityId, VirtualMachine>;
  /** Hosts and datastores offered at the destination. */
  readonly hosts: readonly Host[];
  readonly datastores: readonly DatastoreChoice[];
  readonly networks: readonly NetworkChoice[];
  readonly findings: readonly Finding[];
  readonly check: CheckStanding;
}

/** Everything in the way of a start, what weighs most first. An empty answer allows the start. */
export const startObstacles = (state: StartState): readonly StartObstacle[] => {
  const { draft } = state;
  if (draft.destination === null) return [{ kind: 'no-destination' }];
  const standing = state.vms.map((vm) => ({ vm, participation: participationOf(draft, vm, state.blocked) }));
  const inPlay = standing.filter(({ participation }) => ['included', 'blocked'].includes(participation.kind));
  if (inPlay.length === 0) return [{ kind: 'no-vm' }];

  const obstacles: StartObstacle[] = [];
  if (inPlay.length > mostVms) obstacles.push({ kind: 'too-many-vms', count: inPlay.length, most: mostVms });
  const concerns = (finding: Finding): boolean => finding.vm === null || inPlay.some(({ vm }) => vm.id === finding.vm);
  const findings = state.findings.filter(concerns);
  for (const finding of findings) {
    if (finding.severity === 'blocker') obstacles.push({ kind: 'vm-blocked', vm: finding.vm, finding });
  }
  if (draft.host !== null && !state.hosts.some((host) => host.id === draft.host)) {
    obstacles.push({ kind: 'choice-gone', what: 'host' });
  } else if (draft.datastore !== null && !state.datastores.some((one) => one.datastore.id === draft.datastore)) {
    obstacles.push({ kind: 'choice-gone', what: 'datastore' });
  }
  for (const { vm, participation } of inPlay) {
    const facts = state.facts.get(vm.id);
    if (participation.kind !== 'included' || facts === undefined) continue;
    for (const adapter of adaptersWithoutNetwork(draft, facts, state.networks)) {
      obstacles.push({ kind: 'network-missing', vm: vm.id, adapter: adapter.key });
    }
  }
  for (const finding of findings) {
    if (isOpenWarning(finding, draft.vms, draft.acknowledgements)) {
      obstacles.push({ kind: 'warning-open', vm: finding.vm, finding });
    }
  }
  const included = inPlay.some(({ participation }) => participation.kind === 'included');
  if (included && state.check !== 'fresh') obstacles.push({ kind: 'not-checked', check: state.check });
  return obstacles;
};
