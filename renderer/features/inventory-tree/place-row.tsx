import { memo } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSelection } from '../../stores/selection.ts';
import { dropOutcome } from '../drag/drop-outcome.ts';
import { type DropWords, dropWords } from '../drag/drop-words.ts';
import { placeIcon } from './entity-icon.ts';
import { placeNote } from './row-words.ts';
import { type RowPlace, TreeRowFrame } from './tree-row-frame.tsx';

/** A pool, host, cluster, data center or folder: says what a drop on it would mean. The list takes it. */
export const PlaceRow = memo(function PlaceRow({ id, ...place }: RowPlace & { readonly id: EntityId }) {
  const messages = useMessages();
  const language = useLanguage();
  const entity = useInventory((state) => state.index.place(id));
  const selected = useSelection((state) => state.place === id && state.shownVm === null);
  const drag = useDrag((state) => state.drag);
  const over = useDrag((state) => state.over === id);
  if (entity === undefined) return null;
  const outcome = drag === null ? null : dropOutcome(drag, entity);
  const words = outcome === null ? null : dropWords(outcome, entity.name, messages, language);
  return (
    <TreeRowFrame
      {...place}
      id={id}
      icon={placeIcon(entity)}
      name={entity.name}
      note={placeNote(entity, messages)}
      selected={selected}
      look={words !== null && over ? `tree-row-over-${words.tone}` : 'tree-row-place'}
      description={words?.badge}
      end={words !== null && <DropBadge words={words} over={over} />}
    />
  );
});

/** The verdict at the right edge: a pill on the row under the mouse, plain on the others. */
const DropBadge = ({ words, over }: { readonly words: DropWords; readonly over: boolean }) => {
  const pill = over && words.tone !== 'muted';
  return (
    <span className={`badge ${pill ? `badge-${words.tone}` : 'badge-plain'}`}>
      {words.icon !== null && <Icon name={words.icon} size="small" tone={pill ? undefined : words.tone} />}
      {words.badge}
    </span>
  );
};
