import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useAge, useOlderThan } from '../../../renderer/messages/use-age.ts';
import { usePreferences } from '../../../renderer/stores/preferences.ts';

const second = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(100_000);
  usePreferences.setState(usePreferences.getInitialState(), true);
});
afterEach(() => vi.useRealTimers());

let drawn = 0;
const Age = ({ at }: { readonly at: number }) => {
  drawn += 1;
  return <p>{useAge(at)}</p>;
};
const Old = ({ at }: { readonly at: number | null }) => <p>{useOlderThan(at, 60 * second) ? 'old' : 'fresh'}</p>;
const pass = (seconds: number) => act(() => vi.advanceTimersByTime(seconds * second));

describe('ages', () => {
  test('grow by themselves, and draw only when their words change', () => {
    render(<Age at={100_000 - 58 * second} />);
    expect(screen.getByText('58 s ago')).toBeTruthy();
    pass(1);
    expect(screen.getByText('59 s ago')).toBeTruthy();
    pass(1);
    expect(screen.getByText('1 min ago')).toBeTruthy();
    drawn = 0;
    pass(30);
    expect(drawn).toBe(0);
    pass(30);
    expect(screen.getByText('2 min ago')).toBeTruthy();
  });

  test('follow the language', () => {
    render(<Age at={100_000 - 5 * second} />);
    act(() => usePreferences.setState({ preferences: { language: 'ja', theme: 'light' } }));
    expect(screen.getByText('5秒前')).toBeTruthy();
  });

  test('what is too old is told when it gets so; what was never read always is', () => {
    render(<Old at={100_000} />);
    expect(screen.getByText('fresh')).toBeTruthy();
    pass(61);
    expect(screen.getByText('old')).toBeTruthy();
    render(<Old at={null} />);
    expect(screen.getAllByText('old')).toHaveLength(2);
  });

  test('one clock ticks for all, and none when nobody looks', () => {
    const first = render(<Age at={0} />);
    const other = render(<Age at={0} />);
    expect(vi.getTimerCount()).toBe(1);
    first.unmount();
    other.unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});
