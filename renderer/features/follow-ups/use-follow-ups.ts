import { useMemo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { useLanguage } from '../../messages/use-messages.ts';
import { readFixes, useFixes } from '../../stores/fixes.ts';
import { useTasks } from '../../stores/tasks.ts';
import { fixFollowUp } from './fix-follow-up.ts';
import { type FollowUpItem, isOpenItem } from './follow-up-item.ts';
import { taskFollowUp } from './task-follow-up.ts';

export interface FollowUps {
  /** Newest first, also what is done. */
  readonly items: readonly FollowUpItem[];
  readonly open: readonly FollowUpItem[];
  /** False until all kinds were read once. */
  readonly loaded: boolean;
  readonly error: WireError | null;
  readonly retry: () => void;
}

const retry = (): void => void readFixes();

/** Everything left to people, of every kind. */
export const useFollowUps = (): FollowUps => {
  const { loaded, error, records } = useFixes();
  const tasks = useTasks((state) => state.tasks);
  const language = useLanguage();
  return useMemo(() => {
    const items = [
      ...records.map((record) => fixFollowUp(record, language)),
      ...tasks.flatMap((view) => taskFollowUp(view, language) ?? []),
    ].sort((one, other) => other.at - one.at);
    return { items, open: items.filter(isOpenItem), loaded, error, retry };
  }, [loaded, error, records, tasks, language]);
};

/** What is left to do about one VM. */
export const useFollowUpsOf = (vm: EntityId): readonly FollowUpItem[] => {
  const { open } = useFollowUps();
  return useMemo(() => open.filter((item) => item.vm === vm), [open, vm]);
};
