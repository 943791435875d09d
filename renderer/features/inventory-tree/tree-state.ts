import { create } from 'zustand';
import { useInventory } from '../../stores/inventory.ts';
import type { InventoryIndex, TreeView } from '../../stores/inventory-index.ts';
import { isEntity } from '../../stores/inventory-index.ts';
import type { RowId, SearchResult } from './tree-rows.ts';

interface TreeState {
  readonly view: TreeView;
  /** What was typed into the search box. */
  readonly searchText: string;
  /** The row the keyboard is on. */
  readonly active: RowId | null;
  /** Where a selection with Shift begins. */
  readonly anchor: RowId | null;
  /** Rows a person opened or closed, against {@link opensByItself}. */
  readonly toggled: ReadonlyMap<RowId, boolean>;
  /** The same while a search is on; forgotten with it. */
  readonly toggledInSearch: ReadonlyMap<RowId, boolean>;
  /** Everything is closed but what was opened since. */
  readonly collapsed: boolean;
}

const start: TreeState = {
  view: 'by-pool',
  searchText: '',
  active: null,
  anchor: null,
  toggled: new Map(),
  toggledInSearch: new Map(),
  collapsed: false,
};

export const useTree = create<TreeState>(() => start);

/** Back to how a window opens. */
export const resetTree = (): void => useTree.setState(start, true);

/** What the keyboard is on stays in sight, wherever the other view has it. */
export const setView = (view: TreeView): void => {
  useTree.setState({ view, toggledInSearch: new Map() });
  revealActive();
};

/** When a search ends, what was found by it stays in sight. */
export const setSearchText = (searchText: string): void => {
  const ended = searchText.trim() === '' && useTree.getState().searchText.trim() !== '';
  useTree.setState({ searchText, toggledInSearch: new Map() });
  if (ended) revealActive();
};

export const setActive = (active: RowId | null): void => useTree.setState({ active });
export const setAnchor = (anchor: RowId | null): void => useTree.setState({ anchor });

export const setExpanded = (id: RowId, expanded: boolean): void =>
  useTree.setState((state) => {
    const key = state.searchText.trim() === '' ? 'toggled' : 'toggledInSearch';
    return { [key]: new Map(state[key]).set(id, expanded) };
  });

export const collapseAll = (): void =>
  useTree.setState({ collapsed: true, toggled: new Map(), toggledInSearch: new Map() });

/** Opens all that stands above a row, and puts the keyboard on it. */
export const reveal = (id: RowId): void => {
  const { index } = useInventory.getState();
  useTree.setState((state) => {
    const toggled = new Map(state.toggled);
    for (let at = id; isEntity(at); ) {
      at = index.parentOf(state.view, at);
      toggled.set(at, true);
    }
    return { toggled, active: id };
  });
};

const revealActive = (): void => {
  const { active } = useTree.getState();
  if (active !== null) reveal(active);
};

/** Pools and hosts open when asked; what stands above them is open from the start. */
const opensByItself = (index: InventoryIndex, id: RowId): boolean => {
  if (!isEntity(id)) return true;
  const kind = index.place(id)?.kind;
  return kind === 'folder' || kind === 'datacenter' || kind === 'cluster';
};

export const expansion = (
  state: Pick<TreeState, 'toggled' | 'toggledInSearch' | 'collapsed'>,
  index: InventoryIndex,
  search: SearchResult | null,
): ((id: RowId) => boolean) =>
  search === null
    ? (id) => state.toggled.get(id) ?? (!state.collapsed && opensByItself(index, id))
    : (id) => state.toggledInSearch.get(id) ?? search.paths.has(id);
