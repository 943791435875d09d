import type { Finding } from '../../shared/domain/finding.ts';
import type { MissingFact } from '../../shared/domain/finding-data.ts';
import { type EntityId, siteOf } from '../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { annotationLookup } from '../../shared/rules/annotation-lookup.ts';
import type { PrecautionContext } from '../../shared/rules/precaution.ts';
import { useAnnotations } from './annotations.ts';
import { useInventory } from './inventory.ts';
import { ruleContext } from './rule-context.ts';

/** A VM with everything the cache knows of it. */
export interface KnownVm {
  readonly vm: VirtualMachine;
  /** ms since 1970. */
  readonly readAt: number;
}

export type KnownVms = ReadonlyMap<EntityId, KnownVm>;

/** What the window never has at hand; the main process answers it at the check before a start. */
const notInTheWindow: ReadonlySet<MissingFact> = new Set([
  'mac-addresses',
  'names',
  'folder-space',
  'dynamic-memory-support',
]);

/**
 * Whether a finding only says that the window does not know something. To show it as a precaution of the VM would be
 * wrong: the main process knows, and checks it.
 */
export const isUnknowableHere = ({ outcome, evidence }: Finding): boolean =>
  outcome === 'undetermined' && notInTheWindow.has(evidence.missing as MissingFact);

/** A VM as rules look at it: where it is and whether it runs is newer in the live row than in its facts. */
export const knownVm = (id: EntityId, facts: KnownVms): VirtualMachine | undefined => {
  const known = facts.get(id);
  const row = useInventory.getState().index.vm(id);
  return known === undefined || row === undefined ? undefined : { ...known.vm, ...row };
};

/**
 * What precautions look at, as the window knows it at this moment. The age of facts is no precaution here (X18): what
 * is decided rests on facts the main process reads anew.
 */
export const precautionContext = (facts: KnownVms): PrecautionContext => {
  const { index } = useInventory.getState();
  const platforms = new Map<string, ReturnType<PrecautionContext['platformOf']>>();
  return {
    inventory: { get: (id) => knownVm(id, facts) ?? index.get(id), infrastructure: () => index.infrastructure() },
    platformOf: (entity) => {
      const site = siteOf(entity);
      if (!platforms.has(site)) platforms.set(site, ruleContext.platformOf(entity));
      return platforms.get(site);
    },
    siteName: ruleContext.siteName,
    factReadAt: (entity) => facts.get(entity)?.readAt ?? ruleContext.factReadAt(entity),
    now: Date.now(),
    maxFactAgeMs: Number.POSITIVE_INFINITY,
    atATime: 1,
    managerSupportsDynamicMemory: () => undefined,
    ...annotationLookup(useAnnotations.getState().said),
    vmsNamed: () => undefined,
    vmsWithMac: () => undefined,
  };
};
