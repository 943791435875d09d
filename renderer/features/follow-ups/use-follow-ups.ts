import { useMemo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { type FollowUpItem, followUpItems, isOpenItem } from '../../../shared/messages/follow-up-items.ts';
import { now } from '../../messages/clock.ts';
import { useLanguage } from '../../messages/use-messages.ts';
import { readFixes, useFixes } from '../../stores/fixes.ts';
import { readTaskFollowUps, useTaskFollowUps } from '../../stores/task-follow-ups.ts';

export interface FollowUps {
  /** Newest first, also what is done. */
  readonly items: readonly FollowUpItem[];
  readonly open: readonly FollowUpItem[];
  /** False until all kinds were read once. */
  readonly loaded: boolean;
  readonly error: WireError | null;
  readonly retry: () => void;
  /** Whether there may be older ones that are done, beside the items. */
  readonly older: 'more' | 'reading' | 'none';
}

const retry = (): void => {
  void readFixes();
  void readTaskFollowUps();
};

/** Everything left to people, of every kind. */
export const useFollowUps = (): FollowUps => {
  const fixes = useFixes();
  const tasks = useTaskFollowUps();
  const language = useLanguage();
  return useMemo(() => {
    const items = followUpItems(fixes.records, tasks.views, now(), language);
    return {
      items,
      open: items.filter(isOpenItem),
      loaded: fixes.loaded && tasks.loaded,
      error: fixes.error ?? tasks.error,
      retry,
      older: tasks.older,
    };
  }, [fixes, tasks, language]);
};

/** What is left to do about one VM. */
export const useFollowUpsOf = (vm: EntityId): readonly FollowUpItem[] => {
  const { open } = useFollowUps();
  return useMemo(() => open.filter((item) => item.vm === vm), [open, vm]);
};
