import type { FolderProblem, FolderStatus } from '../domain/evacuation.ts';
import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Host } from '../domain/inventory.ts';
import type { NetworkAdapter, VirtualMachine, VmSummary } from '../domain/virtual-machine.ts';
import { isOpenWarning } from './acknowledgement.ts';
import { type DatastoreChoice, type NetworkChoice, networkAtDestination } from './destination-choices.ts';
import { type MigrationDraft, mostVms, type Participation, participationOf } from './migration-draft.ts';

/** Why an operation cannot be started yet, with what a person has to look at. */
export type StartObstacle =
  | { readonly kind: 'no-destination' }
  /** VMs are to be evacuated, and nobody said where to. */
  | { readonly kind: 'no-folder' }
  /** The chosen folder cannot be used now; `missing` also when it is no longer set up. */
  | { readonly kind: 'folder-unusable'; readonly folder: string; readonly problem: FolderProblem }
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
  /** Evacuation image folders as they were measured last; null while they are not known. */
  readonly folders: readonly FolderStatus[] | null;
  readonly findings: readonly Finding[];
  readonly check: CheckStanding;
}

/** What is wrong with the folder for those VMs that are evacuated; nothing when none is. */
const folderObstacles = (
  { draft, folders }: StartState,
  inPlay: readonly Participation[],
): readonly StartObstacle[] => {
  if (!inPlay.some((one) => one.kind === 'included' && one.method === 'cold-evacuate')) return [];
  const { folder } = draft.cold;
  if (folder === null) return [{ kind: 'no-folder' }];
  if (folders === null) return [];
  const status = folders.find(({ path }) => path === folder);
  const problem = status === undefined ? 'missing' : status.problem;
  return problem === null ? [] : [{ kind: 'folder-unusable', folder, problem }];
};

/** Everything in the way of a start, what weighs most first. An empty answer allows the start. */
export const startObstacles = (state: StartState): readonly StartObstacle[] => {
  const { draft } = state;
  if (draft.destination === null && draft.cold.part !== 'evacuate') return [{ kind: 'no-destination' }];
  const standing = state.vms.map((vm) => ({ vm, participation: participationOf(draft, vm, state.blocked) }));
  const inPlay = standing.filter(({ participation }) => ['included', 'blocked'].includes(participation.kind));
  if (inPlay.length === 0) return [{ kind: 'no-vm' }];

  const obstacles: StartObstacle[] = [];
  if (inPlay.length > mostVms) obstacles.push({ kind: 'too-many-vms', count: inPlay.length, most: mostVms });
  obstacles.push(
    ...folderObstacles(
      state,
      inPlay.map(({ participation }) => participation),
    ),
  );
  const concerns = (finding: Finding): boolean => finding.vm === null || inPlay.some(({ vm }) => vm.id === finding.vm);
  const findings = state.findings.filter(concerns);
  for (const finding of findings) {
    // That no folder was chosen is said already, and leads to where one is chosen.
    if (finding.severity === 'blocker' && finding.code !== 'S9-no-folder')
      obstacles.push({ kind: 'vm-blocked', vm: finding.vm, finding });
  }
  if (draft.host !== null && !state.hosts.some((host) => host.id === draft.host)) {
    obstacles.push({ kind: 'choice-gone', what: 'host' });
  } else if (draft.datastore !== null && !state.datastores.some((one) => one.datastore.id === draft.datastore)) {
    obstacles.push({ kind: 'choice-gone', what: 'datastore' });
  }
  // An evacuation alone leaves the networks as they are.
  for (const { vm, participation } of draft.cold.part === 'evacuate' ? [] : inPlay) {
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
