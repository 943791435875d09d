import type { AnnotationState } from '../../shared/domain/annotation.ts';
import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import { annotationLookup } from '../../shared/rules/annotation-lookup.ts';
import type { FolderSpace, PrecautionContext } from '../../shared/rules/precaution.ts';
import type { CheckFacts } from './check-facts.ts';

/** What the console knows beside the facts of a check. */
export interface ContextParts {
  readonly siteName: (site: SiteId) => string;
  readonly platformOf: (site: SiteId) => Platform | undefined;
  /** VMs of that name on the site. */
  readonly vmsNamed: (name: string, site: SiteId) => readonly EntityId[];
  readonly vmsWithMac: (mac: string) => readonly EntityId[] | undefined;
  readonly managerSupportsDynamicMemory: (site: SiteId) => boolean | undefined;
  /** What people have said of VMs up to now. */
  readonly said: () => AnnotationState;
  /** Facts older than this are called old, ms. */
  readonly maxFactAgeMs: number;
  /** ms since 1970. */
  readonly now: () => number;
}

/** Asks once for each site: rules ask again for each VM. */
const perSite = <Answer>(ask: (site: SiteId) => Answer): ((entity: EntityId) => Answer) => {
  const answers = new Map<SiteId, { readonly answer: Answer }>();
  return (entity) => {
    const site = siteOf(entity);
    const known = answers.get(site) ?? { answer: ask(site) };
    answers.set(site, known);
    return known.answer;
  };
};

/**
 * What rules look at besides the VM and its destination, as it is at this moment.
 * @param folder of a cold migration; undefined when its room could not be read, null when none was chosen
 */
export const precautionContext = (
  parts: ContextParts,
  facts: CheckFacts,
  atATime: number,
  folder: FolderSpace | null | undefined,
): PrecautionContext => ({
  ...(folder === undefined ? {} : { folder }),
  inventory: facts.inventory,
  factReadAt: facts.factReadAt,
  platformOf: perSite(parts.platformOf),
  siteName: perSite(parts.siteName),
  now: parts.now(),
  maxFactAgeMs: parts.maxFactAgeMs,
  atATime,
  managerSupportsDynamicMemory: (entity) => parts.managerSupportsDynamicMemory(siteOf(entity)),
  ...annotationLookup(parts.said()),
  vmsNamed: (name, entity) => parts.vmsNamed(name, siteOf(entity)),
  vmsWithMac: parts.vmsWithMac,
});
