import { useEffect, useRef, useState } from 'react';

/**
 * The value, but at most one new one within `pause` ms: for what is costly to make and may lag behind a little.
 * The first, and one after a quiet time, come at once; the last always comes.
 */
export const useSettled = <Value>(value: Value, pause: number): Value => {
  const [settled, setSettled] = useState(value);
  const changedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (value === settled) return;
    const change = () => {
      changedAt.current = performance.now();
      setSettled(value);
    };
    const wait = changedAt.current + pause - performance.now();
    if (wait <= 0) {
      change();
      return;
    }
    const timer = setTimeout(change, wait);
    return () => clearTimeout(timer);
  }, [value, settled, pause]);
  return settled;
};
