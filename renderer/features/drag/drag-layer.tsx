import { useDragLayer } from 'react-dnd';
import { size } from '../../../shared/messages/format.ts';
import { defaultMethodOf } from '../../../shared/planning/destination.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { type Drag, useDrag } from '../../stores/drag.ts';
import { DropReason } from './drop-reason.tsx';
import './drag.css';

/** Space between the mouse and the chip, and what the chip with its reason takes at most, in CSS pixels. */
const offset = { x: 14, y: 10 };
const room = { width: 330, height: 190 };

/** What hangs on the mouse while VMs are dragged: how many, how they would move, how large; and why not, at once. */
export const DragLayer = () => {
  const drag = useDrag((state) => state.drag);
  const at = useDragLayer((monitor) => (monitor.isDragging() ? monitor.getClientOffset() : null));
  if (drag === null || drag.by !== 'mouse' || at === null) return null;
  const x = Math.max(4, Math.min(at.x + offset.x, window.innerWidth - room.width));
  const above = at.y + room.height > window.innerHeight;
  const y = above ? at.y - offset.y : at.y + offset.y;
  return (
    <div
      className={`drag-layer${above ? ' drag-layer-above' : ''}`}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      aria-hidden="true"
    >
      <DragChip drag={drag} />
      <DropReason />
    </div>
  );
};

const DragChip = ({ drag }: { readonly drag: Drag }) => {
  const { tree } = useMessages();
  const methods = drag.vms.map(defaultMethodOf);
  const hot = methods.filter((method) => method === 'hot').length;
  const cold = methods.filter((method) => method === 'cold-evacuate').length;
  const bytes = drag.vms.reduce((sum, vm) => sum + vm.diskBytes, 0);
  const facts = [tree.chipMethods(hot, cold), size(bytes)].filter(Boolean).join(' · ');
  return (
    <div className={`drag-chip${drag.vms.length > 1 ? ' drag-chip-many' : ''}`} data-testid="drag-chip">
      <Icon name="migrate" />
      {drag.vms.length === 1 ? drag.vms[0]?.name : tree.chipVms(drag.vms.length)}
      <span className="drag-chip-facts">{facts}</span>
    </div>
  );
};
