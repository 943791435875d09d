import type { EvacuationPart } from '../domain/evacuation.ts';
import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { Move } from '../domain/migration.ts';
import type { Platform } from '../domain/platform.ts';
import type { VirtualMachine } from '../domain/virtual-machine.ts';
import { destinationRules } from './destination-rules.ts';
import { concernsPart, destinationRuleConcernsPart, partOf } from './evacuation-part.ts';
import type {
  BatchPrecaution,
  DestinationPrecaution,
  PairPrecaution,
  PrecautionContext,
  VmPrecaution,
} from './precaution.ts';
import { precautions } from './registry.ts';
import type { DestinationRule } from './rule.ts';
import type { Target } from './target.ts';

/** One VM, how and where it would go, and all that is known of it. */
export interface PlannedMove {
  readonly vm: VirtualMachine;
  readonly move: Move;
}

interface RuleSet {
  readonly vm: readonly VmPrecaution[];
  readonly destination: readonly DestinationPrecaution[];
  readonly pair: readonly PairPrecaution[];
  readonly batch: readonly BatchPrecaution[];
}

const destinationRulesFor: Readonly<Record<EvacuationPart, readonly DestinationRule[]>> = {
  whole: destinationRules,
  evacuate: destinationRules.filter(({ id }) => destinationRuleConcernsPart(id, 'evacuate')),
  restore: destinationRules.filter(({ id }) => destinationRuleConcernsPart(id, 'restore')),
};

const ruleSets = new Map<string, RuleSet>();

/** The rules that apply to a move on a platform, parted by what they look at; made once for each kind and kept. */
const rulesFor = (platform: Platform, move: Move): RuleSet => {
  const { method } = move;
  const part = partOf(move);
  const key = `${platform} ${method} ${part}`;
  const known = ruleSets.get(key);
  if (known !== undefined) return known;
  const fitting = precautions.filter(
    (rule) => rule.platforms.includes(platform) && rule.methods.includes(method) && concernsPart(rule, part),
  );
  const made: RuleSet = {
    vm: fitting.filter((rule) => rule.scope === 'vm'),
    destination: fitting.filter((rule) => rule.scope === 'destination'),
    pair: fitting.filter((rule) => rule.scope === 'pair'),
    batch: fitting.filter((rule) => rule.scope === 'batch'),
  };
  ruleSets.set(key, made);
  return made;
};

/** What precautions say of the VM alone: the same for every destination, so callers with many of them ask once. */
export const evaluateVm = ({ vm, move }: PlannedMove, context: PrecautionContext): readonly Finding[] => {
  const platform = context.platformOf(vm.id);
  if (platform === undefined) return [];
  return rulesFor(platform, move).vm.flatMap((rule) => rule.check(vm, move, context));
};

/** Most rules answer with nothing, half a million times over a whole site. */
const append = (findings: Finding[], more: readonly Finding[]): void => {
  if (more.length > 0) findings.push(...more);
};

/** What destination rules and precautions say of the VM and this destination together. */
export const evaluatePair = (
  { vm, move }: PlannedMove,
  target: Target,
  context: PrecautionContext,
): readonly Finding[] => {
  const findings: Finding[] = [];
  for (const rule of destinationRulesFor[partOf(move)]) append(findings, rule.check(vm, target.destination, context));
  const platform = context.platformOf(vm.id);
  // Where the VM cannot go at all (D1), questions about its networks there have no meaning.
  if (platform === undefined || platform !== context.platformOf(target.destination.id)) return findings;
  for (const rule of rulesFor(platform, move).pair) append(findings, rule.check(vm, move, target, context));
  return findings;
};

const covers = (rule: BatchPrecaution | DestinationPrecaution, move: Move): boolean =>
  rule.methods.includes(move.method) && concernsPart(rule, partOf(move));

/** What precautions say of the destination, and of all the VMs going there together. */
export const evaluateWhole = (
  moves: readonly PlannedMove[],
  target: Target,
  context: PrecautionContext,
): readonly Finding[] => {
  const platform = context.platformOf(target.destination.id);
  if (platform === undefined) return [];
  const findings: Finding[] = [];
  const own = moves.filter(({ vm }) => context.platformOf(vm.id) === platform);
  const done = new Set<string>();
  for (const { move } of moves) {
    const rules = rulesFor(platform, move);
    for (const rule of [...rules.destination, ...rules.batch]) {
      if (done.has(rule.id)) continue;
      done.add(rule.id);
      // Each rule sees the moves it covers, of every method and part at once: space and capacity add up.
      const covered = own.filter((each) => covers(rule, each.move));
      if (covered.length === 0) continue;
      append(findings, rule.scope === 'batch' ? rule.check(covered, target, context) : rule.check(target, context));
    }
  }
  return findings;
};

const rank = { blocker: 0, warning: 1, info: 2 } as const;

/** Worst first; among equals by rule, then as they came. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings
    .map((finding, index) => ({ finding, index }))
    .sort(
      (a, b) =>
        rank[a.finding.severity] - rank[b.finding.severity] ||
        a.finding.ruleId.localeCompare(b.finding.ruleId) ||
        a.index - b.index,
    )
    .map(({ finding }) => finding);

/**
 * Everything the rules say of an operation: destination rules and precautions, each VM alone, with its destination,
 * and all of them together. Pure; worst first.
 */
export const evaluate = (
  moves: readonly PlannedMove[],
  target: Target,
  context: PrecautionContext,
): readonly Finding[] =>
  worstFirst([
    ...moves.flatMap((move) => [...evaluateVm(move, context), ...evaluatePair(move, target, context)]),
    ...evaluateWhole(moves, target, context),
  ]);

/** Findings of one VM out of an operation's, with those that concern the whole operation. */
export const findingsOf = (vm: EntityId, findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => finding.vm === vm || finding.vm === null);
