import { describe, expect, test } from 'vitest';
import { openingState, smallestSize } from '../../electron/window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const kept = { x: 100, y: 50, width: 1400, height: 900, maximized: false };

describe('where the window opens', () => {
  test('as it was', () => {
    expect(openingState(JSON.stringify(kept), [screen])).toEqual(kept);
  });

  test('in the middle when its screen is gone, with its size', () => {
    const { x: _x, y: _y, ...size } = kept;
    expect(openingState(JSON.stringify({ ...kept, x: 4_000 }), [screen])).toEqual(size);
    expect(openingState(JSON.stringify({ ...kept, y: -500 }), [screen])).toEqual(size);
  });

  test('never smaller than it can be used', () => {
    expect(openingState(JSON.stringify({ ...kept, width: 10, height: 10 }), [screen])).toMatchObject(smallestSize);
  });

  test.each([
    null,
    '',
    'x',
    '{}',
    '[]',
    'null',
    '{"x":"0"}',
    '{"x":1e400,"y":0,"width":1,"height":1,"maximized":true}',
  ])('as at the first start when what was kept reads %j', (text) => {
    expect(openingState(text, [screen])).toEqual({ width: 1440, height: 900, maximized: false });
  });
});
