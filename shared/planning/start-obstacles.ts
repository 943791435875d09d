import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { NetworkAdapter, VirtualMachine, VmSummary } from '../domain/virtual-machine.ts';
import { type NetworkChoice, networkAtDestination } from './destination-choices.ts';
import { acknowledgementOf, type MigrationDraft, participationOf } from './migration-draft.ts';

/** Why an operation cannot be started yet, with what a person has to look at. */
export type StartObstacle =
  | { readonly kind: 'no-destination' }
  /** Every VM was left out. */
  | { readonly kind: 'no-vm' }
  | { readonly kind: 'vm-blocked'; readonly vm: EntityId | null; readonly finding: Finding }
  | { readonly kind: 'network-missing'; readonly vm: EntityId; readonly adapter: string }
  | { readonly kind: 'warning-open'; readonly vm: EntityId | null; readonly finding: Finding }
  /** The findings shown do not answer for the present choices. */
  | { readonly kind: 'not-checked'; readonly check: 'running' | 'stopped' | 'failed' };

/** How the last `migration.check` stands towards the present choices. */
export type CheckStanding = 'fresh' | 'running' | 'stopped' | 'failed';

/** Adapters of a VM whose network does not exist at the destination and for which none was chosen. */
export const adaptersWithoutNetwork = (
  draft: MigrationDraft,
  vm: VirtualMachine,
  networks: readonly NetworkChoice[],
): readonly NetworkAdapter[] =>
  (vm.adapters ?? []).filter(
    (adapter) =>
      networkAtDestination(adapter, networks) === 'missing' && draft.networks.get(vm.id)?.[adapter.key] === undefined,
  );

export interface StartState {
  readonly draft: MigrationDraft;
  readonly vms: readonly VmSummary[];
  /** VMs with a blocker of the destination rules, see `canDrop`. */
  readonly blocked: readonly EntityId[];
  /** Full facts, as far as they are at hand. */
  readonly facts: ReadonlyMap<EntityId, VirtualMachine>;
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
  const concerns = (finding: Finding): boolean => finding.vm === null || inPlay.some(({ vm }) => vm.id === finding.vm);
  const findings = state.findings.filter(concerns);
  for (const finding of findings) {
    if (finding.severity === 'blocker') obstacles.push({ kind: 'vm-blocked', vm: finding.vm, finding });
  }
  for (const { vm, participation } of inPlay) {
    const facts = state.facts.get(vm.id);
    if (participation.kind !== 'included' || facts === undefined) continue;
    for (const adapter of adaptersWithoutNetwork(draft, facts, state.networks)) {
      obstacles.push({ kind: 'network-missing', vm: vm.id, adapter: adapter.key });
    }
  }
  for (const finding of findings) {
    if (finding.severity === 'warning' && acknowledgementOf(draft, finding) === null) {
      obstacles.push({ kind: 'warning-open', vm: finding.vm, finding });
    }
  }
  const included = inPlay.some(({ participation }) => participation.kind === 'included');
  if (included && state.check !== 'fresh') obstacles.push({ kind: 'not-checked', check: state.check });
  return obstacles;
};
