import { type HTMLInputTypeAttribute, type Ref, useId } from 'react';
import './text-field.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute | undefined;
  readonly hint?: string | undefined;
  /** What is wrong with the value; shown in place of the hint. */
  readonly problem?: string | null | undefined;
  readonly disabled?: boolean | undefined;
  readonly autoComplete?: string | undefined;
  /** The dialog it is in begins here. */
  readonly initialFocus?: boolean | undefined;
  readonly fieldRef?: Ref<HTMLInputElement> | undefined;
}

/** One line of text with its label, a hint, and what is wrong with it. */
export const TextField = ({
  label,
  value,
  onChange,
  type = 'text',
  hint,
  problem = null,
  disabled = false,
  autoComplete = 'off',
  initialFocus = false,
  fieldRef,
}: TextFieldProps) => {
  const id = useId();
  const noteId = `${id}-note`;
  const note = problem ?? hint;
  return (
    <div className="text-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={fieldRef}
        data-initial-focus={initialFocus || undefined}
        type={type}
        value={value}
        disabled={disabled}
        autoComplete={autoComplete}
        spellCheck={false}
        aria-invalid={problem !== null}
        {...(note === undefined ? {} : { 'aria-describedby': noteId })}
        onChange={(event) => onChange(event.target.value)}
      />
      {note !== undefined && (
        <p id={noteId} className={problem === null ? 'text-field-hint' : 'text-field-problem'}>
          {note}
        </p>
      )}
    </div>
  );
};
