import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useSettled } from '../../../renderer/controls/use-settled.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const follow = (first: number) =>
  renderHook(({ value }) => useSettled(value, 1_000), { initialProps: { value: first } });

test('the first change comes at once, those soon after it together, and the last always', () => {
  const { result, rerender } = follow(0);
  rerender({ value: 1 });
  expect(result.current).toBe(1);
  rerender({ value: 2 });
  rerender({ value: 3 });
  expect(result.current).toBe(1);
  act(() => vi.advanceTimersByTime(1_000));
  expect(result.current).toBe(3);
});

test('after a quiet time a change comes at once again', () => {
  const { result, rerender } = follow(0);
  rerender({ value: 1 });
  act(() => vi.advanceTimersByTime(1_500));
  rerender({ value: 2 });
  expect(result.current).toBe(2);
});

test('leaves no timer behind', () => {
  const { rerender, unmount } = follow(0);
  rerender({ value: 1 });
  rerender({ value: 2 });
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
