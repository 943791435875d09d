import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

export interface SplitterProps {
  /** What it changes, for screen readers. */
  readonly label: string;
  /** `vertical`: a line between left and right. */
  readonly direction: 'vertical' | 'horizontal';
  /** Size in CSS pixels of the pane it belongs to, and the bounds of that. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** True when pulling right or down makes the pane smaller. */
  readonly reversed?: boolean;
  readonly onChange: (value: number) => void;
}

const step = 16;

/** A line between two panes that can be moved with the mouse or, focused, with the arrow keys. */
export const Splitter = ({ label, direction, value, least, most, reversed, onChange }: SplitterProps) => {
  const start = useRef<{ readonly at: number; readonly value: number } | null>(null);
  const sign = reversed === true ? -1 : 1;
  const position = (event: PointerEvent) => (direction === 'vertical' ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = direction === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const change = event.key === more ? step : event.key === less ? -step : 0;
    if (change === 0) return;
    event.preventDefault();
    onChange(value + change * sign);
  };
  return (
    <hr
      className={`splitter splitter-${direction}`}
      aria-label={label}
      aria-orientation={direction}
      aria-valuenow={Math.round(value)}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        start.current = { at: position(event), value };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onChange(start.current.value + (position(event) - start.current.at) * sign);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
    />
  );
};
