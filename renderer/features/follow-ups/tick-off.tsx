import { useRef, useState } from 'react';
import { followUpLabel } from '../../../shared/domain/follow-up-source.ts';
import { type FollowUpItem, isOpenItem } from '../../../shared/messages/follow-up-items.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { tickOffFix } from '../../stores/fixes.ts';
import { notifyError } from '../../stores/notices.ts';
import { tickOffTask } from '../../stores/task-follow-ups.ts';

/** A list of follow-ups gets this attribute, so that the focus stays in it when a line goes. */
export const followUpList = { 'data-follow-ups': '', tabIndex: -1 } as const;

/**
 * Where a person at the keyboard goes on after a line was ticked off: at the next one, else at the list, else at the
 * head of the pane.
 */
const placeAfter = (button: HTMLElement): (() => void) => {
  const list = button.closest<HTMLElement>('[data-follow-ups]');
  const pane = button.closest<HTMLElement>('[data-pane]');
  const buttons = [...(list?.querySelectorAll<HTMLElement>('[data-tick-off]') ?? [])];
  const at = buttons.indexOf(button);
  const places = [buttons[at + 1], buttons[at - 1], list];
  return () => {
    // Only when the line took the focus with it.
    if (document.activeElement !== document.body) return;
    const place = places.find((one) => one?.isConnected === true) ?? pane?.querySelector<HTMLElement>('button');
    place?.focus();
  };
};

const tickOff = ({ source }: FollowUpItem): Promise<void> =>
  source.kind === 'fix' ? tickOffFix(source.number) : tickOffTask(source.task);

/** "Done": nothing is left to do about it. */
export const TickOff = ({ item }: { readonly item: FollowUpItem }) => {
  const { vmName } = item;
  const label = followUpLabel(item.source);
  const { followUps, fixes } = useMessages();
  const [busy, setBusy] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!isOpenItem(item)) return null;
  const onClick = async (): Promise<void> => {
    if (button.current === null || busy) return;
    const goOn = placeAfter(button.current);
    setBusy(true);
    try {
      await tickOff(item);
      announce(fixes.tickedOff(label, vmName));
      // After React took the line away.
      setTimeout(goOn, 0);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <button
      ref={button}
      type="button"
      className="button button-small"
      data-tick-off=""
      aria-label={followUps.doneOf(label, vmName)}
      aria-disabled={busy || undefined}
      onClick={() => void onClick()}
    >
      {followUps.done}
    </button>
  );
};
