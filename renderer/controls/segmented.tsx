import type { ReactNode } from 'react';

export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** Why it cannot be chosen; null when it can. */
  readonly disabledReason?: string | null;
}

export interface SegmentedProps<Value extends string> {
  /** What is chosen here, for screen readers. */
  readonly label: string;
  readonly options: readonly SegmentedOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Flat segments stand on a pane without a track of their own. */
  readonly flat?: boolean;
}

/** A few choices side by side of which one is on. */
export const Segmented = <Value extends string>({ label, options, value, onChange, flat }: SegmentedProps<Value>) => (
  <fieldset className={`segmented${flat === true ? ' segmented-flat' : ''}`} aria-label={label}>
    {options.map((option) => (
      <button
        key={option.value}
        type="button"
        aria-pressed={option.value === value}
        aria-disabled={option.disabledReason ? true : undefined}
        title={option.disabledReason ?? undefined}
        onClick={() => {
          if (!option.disabledReason) onChange(option.value);
        }}
      >
        {option.label}
      </button>
    ))}
  </fieldset>
);
