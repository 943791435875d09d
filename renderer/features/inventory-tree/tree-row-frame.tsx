import { memo, type ReactNode } from 'react';
import { Icon, type IconName } from '../../icons/icon.tsx';
import type { RowId } from './tree-rows.ts';

/** What a row of the tree needs to be placed; plain values, so that a row that did not change is not drawn again. */
export interface RowPlace {
  readonly id: RowId;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** CSS pixels from the top of the whole tree. */
  readonly top: number;
  /** The keyboard is on it. */
  readonly active: boolean;
}

export interface TreeRowFrameProps extends RowPlace {
  readonly icon: IconName;
  readonly name: string;
  readonly note: string;
  readonly selected: boolean;
  readonly end?: ReactNode;
  /** Further class names: how a drag colours it. */
  readonly look?: string;
  /** What screen readers add to the name: a verdict, an age. */
  readonly description?: string | undefined;
}

/** The id of a row's element; inventory ids hold characters that selectors do not like. */
export const rowElementId = (id: RowId): string => `tree-${encodeURIComponent(id)}`;

/** One row: indent, twisty, picture, name, grey note, and what stands at the right edge. */
export const TreeRowFrame = memo(function TreeRowFrame(props: TreeRowFrameProps) {
  const { id, level, expandable, expanded, top, active, icon, name, note, selected, end, look, description } = props;
  const label = [name, note, description].filter(Boolean).join(', ');
  return (
    <div
      id={rowElementId(id)}
      className={`tree-row${level === 1 ? ' tree-row-site' : ''}${look === undefined ? '' : ` ${look}`}`}
      style={{ transform: `translateY(${top}px)`, paddingLeft: `calc(2px + var(--vmIndent) * ${level - 1})` }}
      role="treeitem"
      tabIndex={-1}
      aria-level={level}
      aria-posinset={props.position}
      aria-setsize={props.siblings}
      aria-selected={selected}
      aria-expanded={expandable ? expanded : undefined}
      aria-label={label}
      data-row={id}
      data-active={active || undefined}
    >
      <span className="tree-twisty" data-twisty="">
        {expandable && <Icon name={expanded ? 'chevron-down' : 'chevron-right'} size="small" />}
      </span>
      <Icon name={icon} />
      <span className="tree-name">{name}</span>
      {note !== '' && <span className="tree-note">{note}</span>}
      <span className="tree-end">{end}</span>
    </div>
  );
});
