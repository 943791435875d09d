import { currentMessages } from '../../messages/use-messages.ts';
import { announce } from '../../stores/announcements.ts';
import { endDrag, startDrag, useDrag } from '../../stores/drag.ts';
import { selectedVms } from '../../stores/selection.ts';

/** Takes the selected VMs up with the keyboard: pools now say their verdict, until they are put down or given up. */
export const pickUp = (): void => {
  const vms = selectedVms();
  const { shell, tree } = currentMessages();
  if (vms.length === 0) {
    announce(shell.why.nothingSelected);
    return;
  }
  startDrag('keyboard', vms);
  announce(tree.pickedUp(vms.length));
};

/** Nothing moves after all. What the mouse holds is not touched: the browser ends that drag itself. */
export const giveUp = (): void => {
  if (useDrag.getState().drag?.by !== 'keyboard') return;
  endDrag();
  announce(currentMessages().tree.putBack);
};
