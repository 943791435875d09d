import type { Finding } from '../domain/finding.ts';
import type { EntityId, OperationId } from '../domain/ids.ts';
import type { InventoryView } from '../domain/inventory.ts';
import type { Acknowledgement, Destination, MigrationMethod, MigrationOperation, Move } from '../domain/migration.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';
import { acknowledgementFor } from './acknowledgement.ts';
import { type ColdChoices, evacuationPlanOf, methodFor, usualColdChoices } from './cold-choices.ts';
import { datastoreChoices, hostsFor, hostsInQuestion, networkChoices } from './destination-choices.ts';

/** VM -> adapter key -> network at the destination, for adapters that do not keep their own. */
export type NetworkMaps = ReadonlyMap<EntityId, Readonly<Record<string, EntityId>>>;

/** The most VMs one operation holds; its schema refuses more. */
export const mostVms = 500;

/** Choices of a person on the way to an operation. Nothing of it is saved or sent until it is started. */
export interface MigrationDraft {
  readonly operation: OperationId;
  readonly vms: readonly EntityId[];
  /** Null until a pool was picked. */
  readonly destination: Destination | null;
  /** Null: let the platform choose. */
  readonly host: EntityId | null;
  readonly datastore: EntityId | null;
  /** What the person chose. */
  readonly networks: NetworkMaps;
  readonly excluded: readonly EntityId[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly atATime: number;
  readonly cold: ColdChoices;
}

export const newDraft = (
  operation: OperationId,
  vms: readonly EntityId[],
  destination: Destination | null,
  cold: ColdChoices = usualColdChoices,
): MigrationDraft => ({
  operation,
  vms: [...new Set(vms)],
  destination,
  host: null,
  datastore: null,
  networks: new Map(),
  excluded: [],
  acknowledgements: [],
  atATime: 2,
  cold,
});

/** Takes another pool. Host, datastore and networks belonged to the former one; warnings were accepted for it alone. */
export const withDestination = (draft: MigrationDraft, destination: Destination): MigrationDraft =>
  destination.id === draft.destination?.id
    ? draft
    : { ...draft, destination, host: null, datastore: null, networks: new Map(), acknowledgements: [] };

/** Forgets choices that the hosts in question do not offer (any more). */
export const withinReach = (draft: MigrationDraft, inventory: InventoryView): MigrationDraft => {
  if (draft.destination === null) return draft;
  const candidates = hostsFor(draft.destination, inventory);
  const host = candidates.some((candidate) => candidate.id === draft.host) ? draft.host : null;
  const hosts = hostsInQuestion(draft.destination, host, inventory);
  const offered = datastoreChoices(hosts, [], inventory);
  const datastore = offered.some((choice) => choice.datastore.id === draft.datastore) ? draft.datastore : null;
  const reachable = new Set(networkChoices(hosts, inventory).map((choice) => choice.network.id));
  const networks = new Map(
    [...draft.networks].map(([vm, map]) => [
      vm,
      Object.fromEntries(Object.entries(map).filter(([, network]) => reachable.has(network))),
    ]),
  );
  return { ...draft, host, datastore, networks };
};

export const withHost = (draft: MigrationDraft, host: EntityId | null, inventory: InventoryView): MigrationDraft =>
  withinReach({ ...draft, host }, inventory);

/** Null gives the adapter its own network back. */
export const withNetwork = (
  draft: MigrationDraft,
  vm: EntityId,
  adapter: string,
  network: EntityId | null,
): MigrationDraft => {
  const { [adapter]: _former, ...others } = draft.networks.get(vm) ?? {};
  const map = network === null ? others : { ...others, [adapter]: network };
  return { ...draft, networks: new Map([...draft.networks, [vm, map]]) };
};

export const withCold = (draft: MigrationDraft, choices: Partial<ColdChoices>): MigrationDraft => ({
  ...draft,
  cold: { ...draft.cold, ...choices },
});

export const exclude = (draft: MigrationDraft, vm: EntityId): MigrationDraft =>
  draft.excluded.includes(vm) ? draft : { ...draft, excluded: [...draft.excluded, vm] };

export const include = (draft: MigrationDraft, vm: EntityId): MigrationDraft => ({
  ...draft,
  excluded: draft.excluded.filter((other) => other !== vm),
});

/** A reason counts from this many characters on, without the blanks around it. */
export const shortestReason = 3;

export const isReason = (text: string): boolean => text.trim().length >= shortestReason;

/** The VMs a finding is about: a finding of the whole operation concerns them all. */
const concerned = (draft: MigrationDraft, finding: Finding): readonly EntityId[] =>
  finding.vm === null ? draft.vms : [finding.vm];

/** Accepts these warnings for one reason. @throws RangeError when it is not a reason; the window does not offer it then. */
export const acknowledge = (draft: MigrationDraft, findings: readonly Finding[], reason: string): MigrationDraft => {
  if (!isReason(reason)) throw new RangeError('a reason needs three characters');
  const added = new Map<string, Acknowledgement>();
  for (const finding of findings) {
    for (const vm of concerned(draft, finding)) {
      added.set(`${vm} ${finding.ruleId}`, { vm, ruleId: finding.ruleId, reason: reason.trim() });
    }
  }
  const kept = draft.acknowledgements.filter((former) => !added.has(`${former.vm} ${former.ruleId}`));
  return { ...draft, acknowledgements: [...kept, ...added.values()] };
};

export const withdrawAcknowledgement = (draft: MigrationDraft, finding: Finding): MigrationDraft => {
  const vms = concerned(draft, finding);
  return {
    ...draft,
    acknowledgements: draft.acknowledgements.filter(
      (former) => former.ruleId !== finding.ruleId || !vms.includes(former.vm),
    ),
  };
};

export const acknowledgementOf = (draft: MigrationDraft, finding: Finding): Acknowledgement | null =>
  acknowledgementFor(finding, concerned(draft, finding), draft.acknowledgements);

/** What becomes of a VM in this draft. */
export type Participation =
  | { readonly kind: 'included'; readonly method: MigrationMethod }
  /** A destination rule (D1-D6) forbids it: it stands in the way until it is excluded. */
  | { readonly kind: 'blocked' }
  /** Left out by the person; can be taken back in. */
  | { readonly kind: 'excluded' };

/** @param blocked VMs with a blocker of the destination rules, see `canDrop`. */
export const participationOf = (draft: MigrationDraft, vm: VmSummary, blocked: readonly EntityId[]): Participation => {
  if (draft.excluded.includes(vm.id)) return { kind: 'excluded' };
  const method = methodFor(vm, draft.destination, draft.cold);
  return method === null || blocked.includes(vm.id) ? { kind: 'blocked' } : { kind: 'included', method };
};

/** What an operation needs beside the draft. */
export interface OperationParts {
  readonly networkMaps?: NetworkMaps;
  /** Where each VM is now: an evacuation alone goes nowhere, so its destination is where the VM comes from. */
  readonly presentPools?: ReadonlyMap<EntityId, Destination>;
}

/**
 * The operation as it would be checked and started, of the included VMs alone; null when there is none or no pool yet.
 */
export const operationOf = (
  draft: MigrationDraft,
  vms: readonly VmSummary[],
  blocked: readonly EntityId[],
  { networkMaps = draft.networks, presentPools }: OperationParts = {},
): MigrationOperation | null => {
  const plan = evacuationPlanOf(draft.cold);
  const moves = vms.flatMap((vm): readonly Move[] => {
    const participation = participationOf(draft, vm, blocked);
    const destination = draft.cold.part === 'evacuate' ? presentPools?.get(vm.id) : draft.destination;
    if (participation.kind !== 'included' || destination === null || destination === undefined) return [];
    const { method } = participation;
    return [
      {
        vm: vm.id,
        vmName: vm.name,
        method,
        destination,
        host: draft.host,
        datastore: draft.datastore,
        networkMap: networkMaps.get(vm.id) ?? {},
        ...(method === 'cold-evacuate' && plan !== null ? { evacuation: plan } : {}),
      },
    ];
  });
  const [first] = moves;
  if (first === undefined) return null;
  const moved = new Set(moves.map((move) => move.vm));
  const acknowledgements = draft.acknowledgements.filter((one) => moved.has(one.vm));
  return { id: draft.operation, destination: first.destination, moves, acknowledgements, atATime: draft.atATime };
};

/** Equal for operations that a check answers alike: what was accepted, or is done at the end, plays no part. */
export const checkKey = (operation: MigrationOperation): string =>
  JSON.stringify([
    operation.destination.id,
    operation.atATime,
    operation.moves.map((move) => [
      move.vm,
      move.method,
      move.host,
      move.datastore,
      Object.entries(move.networkMap).toSorted(([left], [right]) => left.localeCompare(right)),
      move.evacuation === undefined
        ? null
        : [move.evacuation.part, move.evacuation.folder, move.evacuation.sourcePolicy, move.evacuation.imagePolicy],
    ]),
  ]);
