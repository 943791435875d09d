import { Dropdown, Option } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';
import { Icon } from '../icons/icon.tsx';
import './choice-field.css';

export interface Choice {
  readonly value: string;
  readonly text: string;
  /** Muted, after the text: free space, why it cannot be taken. */
  readonly note?: string | undefined;
  readonly disabled?: boolean | undefined;
}

export interface ChoiceFieldProps {
  readonly label: string;
  /** The label is there for screen readers alone; something beside the field says it to the others. */
  readonly labelHidden?: boolean | undefined;
  readonly icon?: ReactNode;
  readonly choices: readonly Choice[];
  /** Null shows the placeholder: nothing is chosen yet, and that is a problem. */
  readonly value: string | null;
  readonly placeholder?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly id?: string | undefined;
  readonly small?: boolean | undefined;
}

/** One of several, as a field that drops down. */
export const ChoiceField = ({
  label,
  labelHidden = false,
  icon,
  choices,
  value,
  placeholder = '',
  onChange,
  id,
  small = false,
}: ChoiceFieldProps) => {
  const labelId = useId();
  const chosen = choices.find((choice) => choice.value === value);
  const missing = chosen === undefined;
  return (
    <div className="choice-field">
      <span id={labelId} className={labelHidden ? 'visually-hidden' : 'choice-label'}>
        {label}
      </span>
      <Dropdown
        {...(id === undefined ? {} : { id })}
        className={`choice${small ? ' choice-small' : ''}${missing ? ' choice-missing' : ''}`}
        aria-labelledby={labelId}
        aria-invalid={missing}
        size="small"
        value={chosen?.text ?? placeholder}
        selectedOptions={chosen === undefined ? [] : [chosen.value]}
        onOptionSelect={(_event, data) => data.optionValue !== undefined && onChange(data.optionValue)}
        button={{
          children: (
            <span className="row grow">
              {missing ? <Icon name="blocker" size="small" tone="bad" /> : icon}
              <span className="truncate">
                {chosen?.text ?? placeholder}
                {chosen?.note !== undefined && <span className="muted small"> {chosen.note}</span>}
              </span>
            </span>
          ),
        }}
        expandIcon={<Icon name="chevron-down" size="small" tone="muted" />}
        listbox={{ className: 'choice-list' }}
      >
        {choices.map((choice) => (
          <Option
            key={choice.value}
            value={choice.value}
            text={choice.text}
            disabled={choice.disabled === true}
            checkIcon={<Icon name="check" size="small" />}
          >
            <span className="truncate">
              {choice.text}
              {choice.note !== undefined && <span className="muted small"> {choice.note}</span>}
            </span>
          </Option>
        ))}
      </Dropdown>
    </div>
  );
};
