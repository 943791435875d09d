import type { RowId, TreeRow } from './tree-rows.ts';

export interface KeyPress {
  readonly key: string;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** What a key means on the active row of the tree. */
export type TreeKeyAction =
  | { readonly kind: 'go'; readonly line: number; readonly extend: boolean }
  | { readonly kind: 'expand'; readonly id: RowId; readonly expanded: boolean }
  | { readonly kind: 'expand-siblings'; readonly ids: readonly RowId[] }
  | { readonly kind: 'select'; readonly id: RowId; readonly how: 'toggle' | 'range' }
  | { readonly kind: 'show'; readonly id: RowId }
  | { readonly kind: 'select-all' }
  | { readonly kind: 'pick-up' }
  | { readonly kind: 'put-down'; readonly id: RowId }
  | { readonly kind: 'give-up' }
  | { readonly kind: 'type'; readonly character: string };

/** `line`: the active one, -1 when there is none. `page`: lines in sight. Null for a key the tree has no use for. */
export const treeKeyAction = (
  press: KeyPress,
  rows: readonly TreeRow[],
  line: number,
  page: number,
): TreeKeyAction | null => {
  const row = rows[line];
  if (rows.length === 0) return press.key === 'Escape' ? { kind: 'give-up' } : null;
  if (press.alt) return null;
  if (press.ctrl) return controlAction(press.key, row);
  const go = (to: number): TreeKeyAction => ({
    kind: 'go',
    line: Math.min(rows.length - 1, Math.max(0, to)),
    extend: press.shift,
  });
  switch (press.key) {
    case 'ArrowDown':
      return go(line + 1);
    case 'ArrowUp':
      return go(line === -1 ? 0 : line - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageDown':
      return go(line + page);
    case 'PageUp':
      return go(line - page);
    case 'ArrowRight':
      if (row?.expandable !== true) return null;
      return row.expanded ? go(line + 1) : { kind: 'expand', id: row.id, expanded: true };
    case 'ArrowLeft':
      if (row === undefined) return null;
      return row.expanded ? { kind: 'expand', id: row.id, expanded: false } : go(parentLine(rows, line));
    case '*':
      return row === undefined ? null : { kind: 'expand-siblings', ids: siblingIds(rows, line) };
    case ' ':
      return row === undefined ? null : { kind: 'select', id: row.id, how: press.shift ? 'range' : 'toggle' };
    case 'Enter':
      return row === undefined ? null : { kind: 'show', id: row.id };
    case 'Escape':
      return { kind: 'give-up' };
    default:
      return [...press.key].length === 1 ? { kind: 'type', character: press.key } : null;
  }
};

const controlAction = (key: string, row: TreeRow | undefined): TreeKeyAction | null => {
  switch (key.toLowerCase()) {
    case 'x':
      return { kind: 'pick-up' };
    case 'v':
      return row === undefined ? null : { kind: 'put-down', id: row.id };
    case 'a':
      return { kind: 'select-all' };
    case ' ':
      return row === undefined ? null : { kind: 'select', id: row.id, how: 'toggle' };
    default:
      return null;
  }
};

/** Line of the row this one hangs under; the line itself for a site. */
export const parentLine = (rows: readonly TreeRow[], line: number): number => {
  const level = rows[line]?.level ?? 1;
  for (let at = line - 1; at >= 0; at -= 1) if ((rows[at]?.level ?? level) < level) return at;
  return line;
};

const siblingIds = (rows: readonly TreeRow[], line: number): readonly RowId[] => {
  const level = rows[line]?.level ?? 1;
  const first = level === 1 ? 0 : parentLine(rows, line) + 1;
  const ids: RowId[] = [];
  for (let at = first; at < rows.length; at += 1) {
    const row = rows[at];
    if (row === undefined || row.level < level) break;
    if (row.level === level && row.expandable) ids.push(row.id);
  }
  return ids;
};

/**
 * The next line whose name begins with what was typed, after the active one and around; -1 when there is none.
 * One character repeated steps through the names that begin with it.
 */
export const typeAheadLine = (count: number, nameAt: (line: number) => string, line: number, typed: string): number => {
  const wanted = typed.toLowerCase();
  const repeated = [...wanted].every((character) => character === wanted[0]);
  const text = repeated ? (wanted[0] ?? '') : wanted;
  const from = repeated || wanted.length === 1 ? line + 1 : Math.max(0, line);
  for (let step = 0; step < count; step += 1) {
    const at = (from + step) % count;
    if (nameAt(at).toLowerCase().startsWith(text)) return at;
  }
  return -1;
};
