import { useMemo } from 'react';
import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import type { Finding } from '../../../shared/domain/finding.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Host } from '../../../shared/domain/inventory.ts';
import type { MigrationOperation } from '../../../shared/domain/migration.ts';
import type { VirtualMachine, VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { canGoDirect, methodFor } from '../../../shared/planning/cold-choices.ts';
import { presentPool } from '../../../shared/planning/destination.ts';
import {
  bytesToCopy,
  type DatastoreChoice,
  datastoreChoices,
  hostsFor,
  hostsInQuestion,
  type NetworkChoice,
  networkChoices,
  networkMapOf,
  staysInCluster,
} from '../../../shared/planning/destination-choices.ts';
import { canDrop, canEvacuate, type DropVerdict } from '../../../shared/planning/drop.ts';
import { mergeFindings } from '../../../shared/planning/findings-by-vm.ts';
import {
  checkKey,
  type MigrationDraft,
  operationOf,
  participationOf,
} from '../../../shared/planning/migration-draft.ts';
import { type CheckStanding, type StartObstacle, startObstacles } from '../../../shared/planning/start-obstacles.ts';
import { imageSize } from '../../../shared/rules/image-size.ts';
import { useFolders } from '../../stores/folders.ts';
import { useInventory } from '../../stores/inventory.ts';
import type { InventoryIndex } from '../../stores/inventory-index.ts';
import { type CheckState, useMigrationDraft } from '../../stores/migration-draft.ts';
import { ruleContext } from '../../stores/rule-context.ts';
import { type SpaceNeed, spaceNeed } from './space-need.ts';

/** Everything the dialog shows, derived from the draft, the live inventory and the last check. */
export interface DraftView {
  readonly draft: MigrationDraft;
  /** Those of the draft that are still in the inventory. */
  readonly vms: readonly VmSummary[];
  readonly included: readonly VmSummary[];
  readonly blocked: readonly VmSummary[];
  readonly excluded: readonly VmSummary[];
  /** Of the included ones: those that move while they run, through the evacuation folder, and directly. */
  readonly hot: readonly VmSummary[];
  readonly evacuated: readonly VmSummary[];
  readonly direct: readonly VmSummary[];
  /** Stopped VMs that the platform could relocate by itself, and those of them that would change their pool alone. */
  readonly couldGoDirect: readonly VmSummary[];
  readonly poolOnly: readonly VmSummary[];
  readonly goneCount: number;
  readonly facts: ReadonlyMap<EntityId, VirtualMachine>;
  /** Hosts to choose from, and those that come into question with the present choice. */
  readonly hosts: readonly Host[];
  readonly hostsInQuestion: readonly Host[];
  readonly datastores: readonly DatastoreChoice[];
  readonly networks: readonly NetworkChoice[];
  /** Bytes of disk that would be copied; null when that cannot be told (yet). */
  readonly copyBytes: number | null;
  /** Of these, bytes that the platform copies when it relocates VMs; null also when it relocates none. */
  readonly relocatedBytes: number | null;
  readonly folders: readonly FolderStatus[] | null;
  /** The chosen evacuation image folder; null when none is, or it is no longer set up. */
  readonly folder: FolderStatus | null;
  /** What the images take in that folder; null while there is no folder, or the facts are being read. */
  readonly need: SpaceNeed | null;
  readonly operation: MigrationOperation | null;
  /** Key of the operation for `migration.check`; null when there is nothing to check. */
  readonly key: string | null;
  readonly standing: CheckStanding;
  readonly findings: readonly Finding[];
  readonly obstacles: readonly StartObstacle[];
}

const noVerdict: DropVerdict = { verdict: 'clear', findings: [], blockedVms: [] };

/** The sum over the VMs; null as soon as one of them cannot be told. */
const copyBytesOf = (
  vms: readonly VmSummary[],
  facts: ReadonlyMap<EntityId, VirtualMachine>,
  { datastore, cold, destination }: MigrationDraft,
  hosts: readonly Host[],
): number | null => {
  let total = 0;
  for (const vm of vms) {
    const known = facts.get(vm.id);
    const whole = methodFor(vm, destination, cold) === 'cold-evacuate';
    const bytes =
      known === undefined ? null : whole ? imageSize(known).dataBytes : bytesToCopy(known, datastore, hosts);
    if (bytes === null) return null;
    total += bytes;
  }
  return total;
};

const standingOf = (check: CheckState, key: string | null): CheckStanding => {
  if (check.status === 'running' || check.status === 'stopped' || check.status === 'failed') return check.status;
  return check.answersFor === key ? 'fresh' : 'running';
};

const viewOf = (
  draft: MigrationDraft,
  facts: ReadonlyMap<EntityId, VirtualMachine>,
  check: CheckState,
  { index }: { readonly index: InventoryIndex },
  folders: readonly FolderStatus[] | null,
): DraftView => {
  const { part } = draft.cold;
  // The VM of an image is in no inventory.
  const vms = draft.vms.flatMap((id) => (part === 'restore' ? facts.get(id) : index.vm(id)) ?? []);
  const verdict =
    part === 'evacuate'
      ? canEvacuate(vms, ruleContext)
      : draft.destination === null
        ? noVerdict
        : canDrop(vms, draft.destination, ruleContext);
  const by = (kind: ReturnType<typeof participationOf>['kind']): readonly VmSummary[] =>
    vms.filter((vm) => participationOf(draft, vm, verdict.blockedVms).kind === kind);
  const included = by('included');
  const hosts = draft.destination === null ? [] : hostsFor(draft.destination, index);
  const questioned = draft.destination === null ? [] : hostsInQuestion(draft.destination, draft.host, index);
  const moving = included.flatMap((vm) => facts.get(vm.id) ?? []);
  const networks = networkChoices(questioned, index);
  const datastores = datastoreChoices(questioned, moving, index);
  const networkMaps = new Map(
    moving.map((vm) => [vm.id, networkMapOf(vm, draft.networks.get(vm.id) ?? {}, networks)] as const),
  );
  const presentPools = new Map(
    vms.flatMap((vm) => {
      const pool = presentPool(vm, index);
      return pool === null ? [] : [[vm.id, pool] as const];
    }),
  );
  const folder = folders?.find(({ path }) => path === draft.cold.folder) ?? null;
  const operation = operationOf(draft, vms, verdict.blockedVms, { networkMaps, presentPools });
  const key = operation === null ? null : checkKey(operation);
  const standing = standingOf(check, key);
  const methodOf = (vm: VmSummary) => methodFor(vm, draft.destination, draft.cold);
  const { destination } = draft;
  const hot = included.filter((vm) => methodOf(vm) === 'hot');
  const direct = included.filter((vm) => methodOf(vm) === 'cold-direct');
  const evacuated = included.filter((vm) => methodOf(vm) === 'cold-evacuate');
  const relocated = [...hot, ...direct];
  const images = (operation?.moves ?? []).flatMap((move) => {
    const vm = facts.get(move.vm);
    return vm === undefined || move.evacuation === undefined ? [] : [{ vm, move }];
  });
  const couldGoDirect =
    part !== 'whole' || destination === null
      ? []
      : included.filter((vm) => methodOf(vm) !== 'hot' && canGoDirect(vm, destination));
  const shown = new Set([...included, ...by('blocked')].map((vm) => vm.id));
  const concerns = ({ vm }: Finding): boolean => vm === null || shown.has(vm);
  const findings = mergeFindings(verdict.findings.filter(concerns), check.findings.filter(concerns));
  return {
    draft,
    vms,
    included,
    blocked: by('blocked'),
    excluded: by('excluded'),
    hot,
    evacuated,
    direct,
    couldGoDirect,
    poolOnly: couldGoDirect.filter((vm) => {
      const known = facts.get(vm.id);
      return (
        destination !== null &&
        staysInCluster(vm, destination, index) &&
        known !== undefined &&
        bytesToCopy(known, draft.datastore, questioned) === 0
      );
    }),
    goneCount: draft.vms.length - vms.length,
    facts,
    hosts,
    hostsInQuestion: questioned,
    datastores,
    networks,
    copyBytes: copyBytesOf(included, facts, draft, questioned),
    relocatedBytes: relocated.length === 0 ? null : copyBytesOf(relocated, facts, draft, questioned),
    folders,
    folder,
    need: folder === null || images.length < evacuated.length ? null : spaceNeed(images, draft.atATime, folder),
    operation,
    key,
    standing,
    findings,
    obstacles: startObstacles({
      draft,
      vms,
      blocked: verdict.blockedVms,
      facts,
      hosts,
      datastores,
      networks,
      folders,
      findings,
      check: standing,
    }),
  };
};

/** Null while no migration is being prepared. */
export const useDraftView = (): DraftView | null => {
  const draft = useMigrationDraft((state) => state.draft);
  const facts = useMigrationDraft((state) => state.facts);
  const check = useMigrationDraft((state) => state.check);
  // The index changes in place; the object around it is another one after every change.
  const inventory = useInventory((state) => state.latest);
  const folders = useFolders((state) => state.folders);
  return useMemo(
    () => (draft === null ? null : viewOf(draft, facts, check, inventory, folders)),
    [draft, facts, check, inventory, folders],
  );
};
