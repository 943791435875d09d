import { useMemo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { WireError } from '../../../shared/errors/app-error.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useSettled } from '../../controls/use-settled.ts';
import { useAnnotations } from '../../stores/annotations.ts';
import { useInventory } from '../../stores/inventory.ts';

/** The VMs of which something is found that was asked for by `finding:`. */
export type FoundVms =
  /** No finding is asked for. */
  | { readonly kind: 'any' }
  | { readonly kind: 'examining' }
  | { readonly kind: 'found'; readonly vms: ReadonlySet<EntityId> }
  | { readonly kind: 'failed'; readonly error: WireError; readonly retry: () => void };

/** All VMs are examined anew for changes on the servers, but not more often than this, ms. */
const pause = 5_000;

const any: FoundVms = { kind: 'any' };
const examining: FoundVms = { kind: 'examining' };
const notFailed = { error: null, retry: () => undefined };

/**
 * Asked of the main process, which knows the devices of every VM. The answer is kept in sight while the same is asked
 * again because VMs, locks or waivers have changed; that of other words never is.
 * @param words none: nothing is asked for
 */
export const useFoundVms = (words: readonly string[]): FoundVms => {
  const said = useAnnotations((annotations) => annotations.said);
  const latest = useSettled(
    useInventory((state) => state.latest),
    pause,
  );
  const isAsked = words.length > 0;
  const answer = useAnswer('precautions.find', isAsked ? { words } : null, [said, latest]);
  const reply = answer.last?.isOfNow === true ? answer.last.reply : null;
  const found = useMemo(() => (reply === null ? null : new Set(reply.vms)), [reply]);
  const { error, retry } = answer.kind === 'failed' ? answer : notFailed;
  return useMemo(() => {
    if (!isAsked) return any;
    if (error !== null) return { kind: 'failed', error, retry };
    return found === null ? examining : { kind: 'found', vms: found };
  }, [isAsked, error, retry, found]);
};
