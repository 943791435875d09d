import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { useDrag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { isEntity } from '../../stores/inventory-index.ts';
import { dropOutcome } from './drop-outcome.ts';
import { type DropWords, dropWords } from './drop-words.ts';

/** What the place under the mouse (or the active row) says, in words; null when nothing is held over a pool. */
export const useDropWords = (): DropWords | null => {
  const messages = useMessages();
  const language = useLanguage();
  const drag = useDrag((state) => state.drag);
  const over = useDrag((state) => state.over);
  const place = useInventory((state) => (over !== null && isEntity(over) ? state.index.place(over) : undefined));
  if (drag === null || place === undefined) return null;
  const outcome = dropOutcome(drag, place);
  return outcome === null ? null : dropWords(outcome, place.name, messages, language);
};

/** Why a pool refuses or warns, without delay. Shows nothing where there is nothing to explain. */
export const DropReason = () => {
  const words = useDropWords();
  if (words === null || words.tone === 'ok') return null;
  return (
    <div className="drop-reason raised" role="tooltip">
      {words.icon !== null && <Icon name={words.icon} tone={words.tone} />}
      <div>
        <p className={`strong tone-${words.tone}`}>{words.title}</p>
        {words.reasons.map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </div>
    </div>
  );
};
