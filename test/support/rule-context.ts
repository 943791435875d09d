import { siteOf } from '../../shared/domain/ids.ts';
import type { Entity } from '../../shared/domain/inventory.ts';
import type { Platform } from '../../shared/domain/platform.ts';
import type { RuleContext } from '../../shared/rules/rule.ts';
import { inventoryOf } from './inventory-builders.ts';

/** A rule context over these objects. Sites named in `platforms` are known, all others are not. */
export const aRuleContext = (
  entities: readonly Entity[],
  platforms: Readonly<Record<string, Platform>> = { 'site-a': 'vmware', 'site-b': 'hyperv' },
): RuleContext => ({
  inventory: inventoryOf(...entities),
  platformOf: (id) => platforms[siteOf(id)],
  siteName: (id) => siteOf(id),
  factReadAt: () => 1_000,
});
