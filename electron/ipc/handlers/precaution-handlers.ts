import type { EntityId } from '../../../shared/domain/ids.ts';
import { parseFindingWords } from '../../../shared/planning/finding-query.ts';
import type { InventoryService } from '../../inventory/inventory-service.ts';
import type { OverviewService } from '../../migration/overview-service.ts';
import type { SiteService } from '../../sites/site-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const precautionHandlers = (
  overview: OverviewService,
  inventory: InventoryService,
  sites: SiteService,
): HandlersOf<'precautions'> => {
  const allVms = async (): Promise<readonly EntityId[]> => {
    const ids = sites.list().map(({ site }) => site.id);
    for (const id of ids) await inventory.load(id);
    return ids.flatMap((id) => [...inventory.site(id).vms.keys()]);
  };
  return {
    'precautions.overview': async ({ words, limit }, { signal }) => {
      const query = parseFindingWords(words);
      const answer = await overview.examine({ vms: await allVms(), query, limit }, signal);
      return { ...answer, notUnderstood: [...query.notUnderstood] };
    },
    'precautions.find': async ({ words }, { signal }) =>
      overview.find({ vms: await allVms(), query: parseFindingWords(words) }, signal),
  };
};
