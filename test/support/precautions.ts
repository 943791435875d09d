import type { Finding } from '../../shared/domain/finding.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Destination, MigrationMethod, Move } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { evaluate, type PlannedMove } from '../../shared/rules/evaluate.ts';
import type { PrecautionContext } from '../../shared/rules/precaution.ts';
import { hostsByCluster, targetOf } from '../../shared/rules/target.ts';
import { aCluster, aDatastore, aHost, aMove, aNetwork, aPool, destinationOf, GIB, idOf } from './inventory-builders.ts';
import { aRuleContext } from './rule-context.ts';

/** A small VMware site: the VM's own host and pool, and a second cluster with pool `pool-02` on host `esx-02`. */
export const smallSite = (): readonly Entity[] => [
  aCluster({ name: 'cluster-01' }),
  aHost({ name: 'esx-01', portGroups: [{ name: 'net-01', switchName: 'vSwitch0', vlanId: 0 }] }),
  aPool({ name: 'pool-01', owner: idOf('cluster', 'cluster-01') }),
  aDatastore({ name: 'ds-01', capacityBytes: 900 * GIB, freeBytes: 500 * GIB }),
  aNetwork({ name: 'net-01' }),
  aCluster({ name: 'cluster-02' }),
  aHost({ name: 'esx-02', cluster: idOf('cluster', 'cluster-02') }),
  aPool({ name: 'pool-02', owner: idOf('cluster', 'cluster-02') }),
];

/** Replaces the objects of the same id, adds the others. */
export const withObjects = (site: readonly Entity[], ...changed: readonly Entity[]): readonly Entity[] => {
  const byId = new Map(site.map((entity) => [entity.id, entity]));
  for (const entity of changed) byId.set(entity.id, entity);
  return [...byId.values()];
};

/** What a test says of the context; `folder: undefined` says that nothing is known of it. */
export type ToldContext = Partial<Omit<PrecautionContext, 'folder'>> & {
  readonly folder?: PrecautionContext['folder'] | undefined;
};

export interface Question {
  readonly vms: readonly VirtualMachine[];
  readonly method?: MigrationMethod;
  readonly site?: readonly Entity[];
  readonly destination?: Destination;
  readonly move?: Partial<Move>;
  readonly context?: ToldContext;
}

/** A context in which everything is known, and harmless unless told otherwise. */
export const aPrecautionContext = (entities: readonly Entity[], told: ToldContext = {}): PrecautionContext => {
  const { folder, ...rest } = {
    ...aRuleContext(entities),
    now: 2_000,
    maxFactAgeMs: 60_000,
    folder: { path: '/evac', freeBytes: 1_000 * GIB, reservedBytes: 0, floorBytes: 0 },
    atATime: 2,
    managerSupportsDynamicMemory: () => true,
    lockOf: () => null,
    isMarkedGuestCluster: () => false,
    vmsNamed: () => [],
    vmsWithMac: () => [],
    ...told,
  };
  return folder === undefined ? rest : { ...rest, folder };
};

/** Asks all rules about moving these VMs (by default cold, to `pool-02` of {@link smallSite}). */
export const ask = (question: Question): readonly Finding[] => {
  const site = question.site ?? smallSite();
  const entities = withObjects(site, ...question.vms);
  const context = aPrecautionContext(entities, question.context);
  const destination = question.destination ?? destinationOf(aPool({ name: 'pool-02' }));
  const moves: readonly PlannedMove[] = question.vms.map((vm) => ({
    vm,
    move: { ...aMove(vm, destination), method: question.method ?? 'cold-evacuate', ...question.move },
  }));
  const choice = { host: question.move?.host ?? null, datastore: question.move?.datastore ?? null };
  const target = targetOf(destination, choice, context.inventory, hostsByCluster(context.inventory));
  return evaluate(moves, target, context);
};

/** What one rule answers: the codes of its findings, `undetermined:fact` where it lacked a fact. */
export const answers = (ruleId: string, question: Question): readonly string[] =>
  ask(question)
    .filter((finding) => finding.ruleId === ruleId)
    .map((finding) =>
      finding.code === 'undetermined'
        ? `undetermined:${finding.evidence.missing}`
        : `${finding.severity}:${finding.code}`,
    );

/** One question to one rule: the rule, what is tried, the question, the answers. */
export type PrecautionCase = readonly [rule: string, tried: string, question: Question, expected: readonly string[]];

/** Rules that need no fact which could be missing: they speak of every such move, or of what people said. */
const alwaysDetermined: ReadonlySet<string> = new Set(['S3', 'S4', 'S5', 'S14', 'X19']);

/** What a table of cases does not try of a rule; empty when nothing is missing. */
export const untried = (rule: string, cases: readonly PrecautionCase[]): readonly string[] => {
  const answered = cases.filter(([of]) => of === rule).map(([, , , expected]) => expected);
  const isTried = {
    'it speaks': answered.some((codes) => codes.some((code) => !code.startsWith('undetermined:'))),
    'it is silent': answered.some((codes) => codes.length === 0),
    'it cannot be determined':
      alwaysDetermined.has(rule) || answered.some((codes) => codes.some((code) => code.startsWith('undetermined:'))),
  };
  return Object.entries(isTried).flatMap(([what, tried]) => (tried ? [] : [what]));
};
