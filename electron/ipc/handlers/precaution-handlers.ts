import { parseFindingWords } from '../../../shared/planning/finding-query.ts';
import type { InventoryService } from '../../inventory/inventory-service.ts';
import type { OverviewService } from '../../migration/overview-service.ts';
import type { SiteService } from '../../sites/site-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const precautionHandlers = (
  overview: OverviewService,
  inventory: InventoryService,
  sites: SiteService,
): HandlersOf<'precautions'> => ({
  'precautions.overview': async ({ words, limit }, { signal }) => {
    const query = parseFindingWords(words);
    const ids = sites.list().map(({ site }) => site.id);
    for (const id of ids) await inventory.load(id);
    const vms = ids.flatMap((id) => [...inventory.site(id).vms.keys()]);
    return { ...(await overview.examine({ vms, query, limit }, signal)), notUnderstood: [...query.notUnderstood] };
  },
});
