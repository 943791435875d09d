/** Where the window was when it was closed, in device-independent pixels. */
export interface WindowState extends Area {
  readonly maximized: boolean;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const smallestSize = { width: 1180, height: 720 } as const;
const firstSize = { width: 1440, height: 900 } as const;

/** A title bar that a hand can reach: this many pixels of it have to be on a screen. */
const reachable = 100;

const isReachable = (state: WindowState, screens: readonly Area[]): boolean =>
  screens.some(
    (screen) =>
      state.x + state.width >= screen.x + reachable &&
      state.x <= screen.x + screen.width - reachable &&
      state.y >= screen.y &&
      state.y <= screen.y + screen.height - reachable,
  );

const keptState = (text: string | null): WindowState | null => {
  try {
    const { x, y, width, height, maximized } = JSON.parse(text ?? '') as Record<string, unknown>;
    const numbers = [x, y, width, height];
    if (!numbers.every(Number.isSafeInteger) || typeof maximized !== 'boolean') return null;
    return { x: Number(x), y: Number(y), width: Number(width), height: Number(height), maximized };
  } catch {
    return null;
  }
};

export interface OpeningState {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
}

/** Where the window opens: as it was kept if that can be read and is still on a screen, else in the middle. */
export const openingState = (kept: string | null, screens: readonly Area[]): OpeningState => {
  const state = keptState(kept);
  if (state === null) return { ...firstSize, maximized: false };
  const size = {
    width: Math.max(state.width, smallestSize.width),
    height: Math.max(state.height, smallestSize.height),
    maximized: state.maximized,
  };
  return isReachable(state, screens) ? { ...size, x: state.x, y: state.y } : size;
};
