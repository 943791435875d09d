import type { ReplyOf } from '../../../shared/ipc/contract.ts';
import { type Answer, useAnswer } from '../../api/use-answer.ts';
import { useAnnotations } from '../../stores/annotations.ts';

const atMost = 10_000;

/** Which VMs have such findings; asked again when the words change, and when a lock or waiver does. */
export const useOverview = (words: readonly string[]): Answer<ReplyOf<'precautions.overview'>> => {
  const said = useAnnotations((annotations) => annotations.said);
  return useAnswer('precautions.overview', { words, limit: atMost }, [said]);
};
