import type { SiteId } from '../../shared/domain/ids.ts';
import { backOffMs } from '../sites/back-off.ts';
import type { TaskTools } from './live-task.ts';

/**
 * Sites that did not answer the check of a task though they count as connected. Their other tasks wait a while,
 * longer each time, instead of failing one after the other.
 */
export interface SiteSilence {
  begin(site: SiteId): void;
  lasts(site: SiteId): boolean;
  /** The site has been heard again. */
  end(site: SiteId): void;
}

/** @param run does work in the background, and looks for tasks that may begin when it is done */
export const createSiteSilence = (
  tools: Pick<TaskTools, 'clock' | 'stopping'>,
  run: (work: () => Promise<void>) => void,
): SiteSilence => {
  const silent = new Map<SiteId, AbortController>();
  const failures = new Map<SiteId, number>();
  return {
    lasts: (site) => silent.has(site),
    begin: (site) => {
      if (silent.has(site)) return;
      const heard = new AbortController();
      const failed = (failures.get(site) ?? 0) + 1;
      silent.set(site, heard);
      failures.set(site, failed);
      run(async () => {
        const signal = AbortSignal.any([heard.signal, tools.stopping]);
        await tools.clock.delay(backOffMs(failed), signal).catch(() => undefined);
        if (silent.get(site) === heard) silent.delete(site);
      });
    },
    end: (site) => {
      silent.get(site)?.abort();
      silent.delete(site);
      failures.delete(site);
    },
  };
};
