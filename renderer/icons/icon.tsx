import { commandShapes } from './command-shapes.tsx';
import { objectShapes } from './object-shapes.tsx';
import { stateShapes } from './state-shapes.tsx';

/** The drawings, on a 16 by 16 grid, stroke 1.25 (set by the sheet), in the colour of the text around them. */
const shapes = { ...objectShapes, ...stateShapes, ...commandShapes };

export type IconName = keyof typeof shapes;

export interface IconProps {
  readonly name: IconName;
  /** 14, 16 or 20 CSS pixels. */
  readonly size?: 'small' | 'medium' | 'large';
  /** Says what the picture means where no text beside it does; without it the picture is hidden from screen readers. */
  readonly label?: string | undefined;
  /** Colour of a verdict; the shape tells it too. */
  readonly tone?: 'ok' | 'warn' | 'bad' | 'brand' | 'muted' | undefined;
}

/** One picture of the console's own set. */
export const Icon = ({ name, size = 'medium', label, tone }: IconProps) => {
  const className = `icon icon-${size}${tone === undefined ? '' : ` tone-${tone}`}`;
  if (label === undefined) {
    return (
      <svg className={className} viewBox="0 0 16 16" aria-hidden="true">
        {shapes[name]}
      </svg>
    );
  }
  return (
    <svg className={className} viewBox="0 0 16 16" role="img" aria-label={label}>
      {shapes[name]}
    </svg>
  );
};
