import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import type { StartObstacle } from '../../../shared/planning/start-obstacles.ts';
import type { DraftView } from './use-draft-view.ts';

const namedAtMost = 2;

/** Why it cannot start yet, in one sentence for the foot of the dialog. */
export const obstacleWords = (view: DraftView, { migration, coldMigration, evacuation }: Messages): string => {
  const words = migration.obstacles;
  const [first] = view.obstacles;
  if (first === undefined) return '';
  if (first.kind === 'no-destination') return words.noDestination;
  if (first.kind === 'no-vm') return words.noVm;
  if (first.kind === 'too-many-vms') return words.tooMany(first.count, first.most);

  const of = <Kind extends StartObstacle['kind']>(kind: Kind) =>
    view.obstacles.filter((one): one is Extract<StartObstacle, { readonly kind: Kind }> => one.kind === kind);
  const nameOf = (id: EntityId): string => view.vms.find((vm) => vm.id === id)?.name ?? id;
  const vmsOf = (obstacles: readonly { readonly vm: EntityId | null }[]): readonly string[] => [
    ...new Set(obstacles.flatMap(({ vm }) => (vm === null ? [] : [nameOf(vm)]))),
  ];

  const parts: string[] = [];
  if (of('no-folder').length > 0) parts.push(coldMigration.obstacles.noFolder);
  for (const { folder, problem } of of('folder-unusable')) {
    parts.push(coldMigration.obstacles.folderUnusable(folder, evacuation.folderProblems[problem]));
  }
  const blockers = of('vm-blocked');
  const blocked = vmsOf(blockers);
  if (blocked.length > 0) {
    const named = blocked.slice(0, namedAtMost);
    const rest = blocked.length - named.length;
    parts.push(words.blocked(migration.list(rest > 0 ? [...named, migration.more(rest)] : named), blocked.length));
  }
  if (blockers.some(({ vm }) => vm === null)) parts.push(words.blockedOperation);
  for (const { what } of of('choice-gone')) parts.push(words.choiceGone[what]);
  const networks = of('network-missing');
  if (networks.length > 0) parts.push(words.networks(networks.length));
  const warnings = of('warning-open');
  const warned = vmsOf(warnings);
  if (warnings.length > 0)
    parts.push(words.warnings(warnings.length, warned.length === 1 ? (warned[0] ?? null) : null));
  for (const { check } of of('not-checked')) {
    parts.push(check === 'failed' ? words.checkFailed : check === 'stopped' ? words.checkStopped : words.checking);
  }
  return words.join(parts);
};
