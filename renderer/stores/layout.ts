import { create } from 'zustand';

/** CSS pixels; the law of the look gives the bounds. */
export const treeWidths = { least: 220, usual: 356, most: 520 } as const;
export const taskPanelHeights = { least: 120, usual: 280, most: 640 } as const;

interface LayoutState {
  readonly treeWidth: number;
  readonly taskPanelHeight: number;
  readonly taskPanelOpen: boolean;
}

const storageKey = 'vm-console.layout';
const usual: LayoutState = {
  treeWidth: treeWidths.usual,
  taskPanelHeight: taskPanelHeights.usual,
  taskPanelOpen: true,
};

const within = (value: unknown, bounds: { least: number; usual: number; most: number }): number =>
  typeof value === 'number' && Number.isFinite(value)
    ? Math.min(bounds.most, Math.max(bounds.least, value))
    : bounds.usual;

/** The layout as it was left; the usual one where nothing usable was kept. */
export const rememberedLayout = (): LayoutState => {
  try {
    const kept: Partial<LayoutState> = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    return {
      treeWidth: within(kept.treeWidth, treeWidths),
      taskPanelHeight: within(kept.taskPanelHeight, taskPanelHeights),
      taskPanelOpen: kept.taskPanelOpen !== false,
    };
  } catch {
    // Damaged or no storage at all: the usual layout is as good.
    return usual;
  }
};

export const useLayout = create<LayoutState>(rememberedLayout);

const change = (part: Partial<LayoutState>): void => {
  useLayout.setState(part);
  try {
    localStorage.setItem(storageKey, JSON.stringify(useLayout.getState()));
  } catch {
    // Not remembered; the window works all the same.
  }
};

export const setTreeWidth = (width: number): void => change({ treeWidth: within(width, treeWidths) });
export const setTaskPanelHeight = (height: number): void =>
  change({ taskPanelHeight: within(height, taskPanelHeights) });
export const setTaskPanelOpen = (taskPanelOpen: boolean): void => change({ taskPanelOpen });
export const toggleTaskPanel = (): void => setTaskPanelOpen(!useLayout.getState().taskPanelOpen);
