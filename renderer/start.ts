import { onEventProblem } from './api/events.ts';
import { openAnnotations } from './stores/annotations.ts';
import { openFixes } from './stores/fixes.ts';
import { openInventory } from './stores/inventory.ts';
import { openLimits } from './stores/limits.ts';
import { addNotice, notifyError } from './stores/notices.ts';
import { openPreferences, usePreferences } from './stores/preferences.ts';
import { openSites } from './stores/sites.ts';
import { openTaskFollowUps } from './stores/task-follow-ups.ts';
import { openTasks } from './stores/tasks.ts';

/** Reads how the window shall look; nothing is drawn before, so that nothing changes its language or colour. */
export const startLooks = async (): Promise<void> => {
  onEventProblem(notifyError);
  await openPreferences();
  for (const notice of usePreferences.getState().info?.startNotices ?? []) addNotice(notice);
};

/** Fills the stores. What goes wrong with one of them is shown; the others work. */
export const startStores = (): void => {
  openSites().catch(notifyError);
  openInventory();
  openTasks().catch(notifyError);
  openAnnotations().catch(notifyError);
  openFixes().catch(notifyError);
  openLimits().catch(notifyError);
  openTaskFollowUps().catch(notifyError);
};
