import type { EntityId } from '../../../shared/domain/ids.ts';

export type TableKeyAction =
  | { readonly kind: 'go'; readonly id: EntityId; readonly extend: boolean }
  | { readonly kind: 'toggle'; readonly id: EntityId }
  | { readonly kind: 'show'; readonly id: EntityId }
  | { readonly kind: 'all' }
  | { readonly kind: 'pick-up' }
  | { readonly kind: 'give-up' };

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** What a key means in the list of VMs; null for a key it has no use for. `line` -1: no row is active. */
export const tableKeyAction = (
  press: Press,
  ids: readonly EntityId[],
  line: number,
  page: number,
): TableKeyAction | null => {
  if (press.altKey || ids.length === 0) return null;
  if (press.ctrlKey || press.metaKey) {
    const key = press.key.toLowerCase();
    return key === 'a' ? { kind: 'all' } : key === 'x' ? { kind: 'pick-up' } : null;
  }
  const go = (to: number): TableKeyAction | null => {
    const id = ids[Math.min(ids.length - 1, Math.max(0, to))];
    return id === undefined ? null : { kind: 'go', id, extend: press.shiftKey };
  };
  const active = ids[line];
  switch (press.key) {
    case 'ArrowDown':
      return go(line + 1);
    case 'ArrowUp':
      return go(line - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(ids.length - 1);
    case 'PageDown':
      return go(line + page);
    case 'PageUp':
      return go(line - page);
    case ' ':
      return active === undefined ? null : { kind: 'toggle', id: active };
    case 'Enter':
      return active === undefined ? null : { kind: 'show', id: active };
    case 'Escape':
      return { kind: 'give-up' };
    default:
      return null;
  }
};
