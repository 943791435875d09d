import { describe, expect, test } from 'vitest';
import { edgeScrollSpeed } from '../../../renderer/features/inventory-tree/edge-scroll.ts';
import { parentLine, treeKeyAction, typeAheadLine } from '../../../renderer/features/inventory-tree/tree-keys.ts';
import type { RowId, TreeRow } from '../../../renderer/features/inventory-tree/tree-rows.ts';

const row = (id: string, level: number, expandable = false, expanded = false): TreeRow => ({
  id: id as RowId,
  kind: 'place',
  level,
  position: 1,
  siblings: 1,
  expandable,
  expanded,
});

/* site > pool-a (closed), pool-b (open) > vm-1, vm-2 */
const rows = [row('site', 1, true, true), row('a', 2, true), row('b', 2, true, true), row('vm-1', 3), row('vm-2', 3)];
const press = (key: string, modifiers: { ctrl?: boolean; shift?: boolean; alt?: boolean } = {}) => ({
  key,
  ctrl: false,
  shift: false,
  alt: false,
  ...modifiers,
});
const act = (key: string, line: number, modifiers = {}) => treeKeyAction(press(key, modifiers), rows, line, 3);
const go = (line: number, extend = false) => ({ kind: 'go', line, extend });

describe('keys in the tree', () => {
  test.each([
    ['ArrowDown', 0, go(1)],
    ['ArrowDown', 4, go(4)],
    ['ArrowUp', 2, go(1)],
    ['ArrowUp', -1, go(0)],
    ['Home', 3, go(0)],
    ['End', 0, go(4)],
    ['PageDown', 0, go(3)],
    ['PageUp', 4, go(1)],
    ['ArrowRight', 1, { kind: 'expand', id: 'a', expanded: true }],
    ['ArrowRight', 2, go(3)],
    ['ArrowRight', 3, null],
    ['ArrowLeft', 2, { kind: 'expand', id: 'b', expanded: false }],
    ['ArrowLeft', 4, go(2)],
    ['ArrowLeft', 1, go(0)],
    ['*', 1, { kind: 'expand-siblings', ids: ['a', 'b'] }],
    [' ', 3, { kind: 'select', id: 'vm-1', how: 'toggle' }],
    ['Enter', 3, { kind: 'show', id: 'vm-1' }],
    ['Escape', 3, { kind: 'give-up' }],
    ['w', 3, { kind: 'type', character: 'w' }],
    ['Tab', 3, null],
  ])('%s on line %i', (key, line, action) => {
    expect(act(key, line)).toEqual(action);
  });

  test('Shift extends, Ctrl picks up, puts down and selects all', () => {
    expect(act('ArrowDown', 3, { shift: true })).toEqual(go(4, true));
    expect(act(' ', 4, { shift: true })).toEqual({ kind: 'select', id: 'vm-2', how: 'range' });
    expect(act('x', 3, { ctrl: true })).toEqual({ kind: 'pick-up' });
    expect(act('V', 2, { ctrl: true })).toEqual({ kind: 'put-down', id: 'b' });
    expect(act('a', 2, { ctrl: true })).toEqual({ kind: 'select-all' });
  });

  test('keys of the whole window are left alone', () => {
    expect(act('k', 0, { ctrl: true })).toBeNull();
    expect(act('m', 0, { ctrl: true })).toBeNull();
    expect(act('ArrowDown', 0, { alt: true })).toBeNull();
  });

  test('an empty tree only gives up what is held', () => {
    expect(treeKeyAction(press('ArrowDown'), [], -1, 3)).toBeNull();
    expect(treeKeyAction(press('Escape'), [], -1, 3)).toEqual({ kind: 'give-up' });
  });

  test('a site is its own parent', () => {
    expect(parentLine(rows, 0)).toBe(0);
  });
});

describe('typing a name', () => {
  const names = ['rp-web', 'web-01', 'web-02', 'app-01'];
  const find = (typed: string, line: number) => typeAheadLine(names.length, (at) => names[at] ?? '', line, typed);

  test.each([
    ['w', 0, 1],
    ['w', 1, 2],
    ['ww', 2, 1],
    ['we', 1, 1],
    ['web-02', 1, 2],
    ['WEB-02', 0, 2],
    ['a', 3, 3],
    ['z', 0, -1],
  ])('%s from line %i', (typed, line, found) => {
    expect(find(typed, line)).toBe(found);
  });
});

describe('dragging near an edge', () => {
  test('scrolls the faster the nearer, and not elsewhere', () => {
    expect(edgeScrollSpeed(300, 100, 500)).toBe(0);
    expect(edgeScrollSpeed(50, 100, 500)).toBe(0);
    expect(edgeScrollSpeed(101, 100, 500)).toBeLessThan(edgeScrollSpeed(130, 100, 500));
    expect(edgeScrollSpeed(130, 100, 500)).toBeLessThan(0);
    expect(edgeScrollSpeed(499, 100, 500)).toBeGreaterThan(edgeScrollSpeed(470, 100, 500));
  });
});
