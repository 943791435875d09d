import { type ReactNode, useId } from 'react';
import './choice-cards.css';

export interface ChoiceCard<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly text: ReactNode;
  readonly disabled?: boolean;
}

export interface ChoiceCardsProps<Value extends string> {
  /** What is chosen here, for screen readers. */
  readonly label: string;
  readonly cards: readonly ChoiceCard<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A few choices that need a sentence each, as cards side by side of which one is on. */
export const ChoiceCards = <Value extends string>({ label, cards, value, onChange }: ChoiceCardsProps<Value>) => {
  const name = useId();
  return (
    <div className="choice-cards" role="radiogroup" aria-label={label}>
      {cards.map((card) => (
        <label
          key={card.value}
          className={`choice-card${card.disabled === true && card.value !== value ? ' choice-card-off' : ''}`}
        >
          <input
            type="radio"
            name={name}
            checked={card.value === value}
            disabled={card.disabled === true}
            onChange={() => onChange(card.value)}
          />
          <span>
            <span className="strong">{card.title}</span>
            <span className="small muted">{card.text}</span>
          </span>
        </label>
      ))}
    </div>
  );
};
