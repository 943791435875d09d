import { z } from 'zod';

/** Where the window was when it was closed, in device-independent pixels. */
const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof stateSchema>;

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

/** Where the window opens: as it was kept if that can be read and is still on a screen, else in the middle. */
export const openingState = (
  kept: string | null,
  screens: readonly Area[],
): {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
  readonly maximized: boolean;
} => {
  let state: WindowState;
  try {
    state = stateSchema.parse(JSON.parse(kept ?? ''));
  } catch {
    return { ...firstSize, maximized: false };
  }
  const size = {
    width: Math.max(state.width, smallestSize.width),
    height: Math.max(state.height, smallestSize.height),
    maximized: state.maximized,
  };
  return isReachable(state, screens) ? { ...size, x: state.x, y: state.y } : size;
};
