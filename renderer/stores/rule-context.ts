import { siteOf } from '../../shared/domain/ids.ts';
import { platformOf } from '../../shared/domain/platform.ts';
import type { RuleContext } from '../../shared/rules/rule.ts';
import { useInventory } from './inventory.ts';
import { useMigrationDraft } from './migration-draft.ts';
import { siteStatus } from './sites.ts';

/** What the rules look at, as the window knows it now. Reads the stores each time, so one object serves for ever. */
export const ruleContext: RuleContext = {
  get inventory() {
    return useInventory.getState().index;
  },
  platformOf(entity) {
    const { image } = useMigrationDraft.getState();
    // The site an image came from may no longer be known here; the image itself tells its platform.
    if (image?.record.vm.id === entity) return image.record.platform;
    const status = siteStatus(siteOf(entity));
    return status === undefined ? undefined : platformOf(status.site.kind);
  },
  siteName: (entity) => siteStatus(siteOf(entity))?.site.name ?? siteOf(entity),
  factReadAt: (entity) => siteStatus(siteOf(entity))?.inventoryReadAt ?? null,
};
