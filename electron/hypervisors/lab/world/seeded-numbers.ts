/*
 * The lab's world is the same every time it is opened: whatever looks random is computed from a text or a seed.
 */

/** 32 bits that depend on every character of the text (FNV-1a). */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
};

/** A number in [0, 1) that belongs to the text. */
export const fractionOf = (text: string): number => hashOf(text) / 2 ** 32;

/** A UUID that belongs to the text. */
export const uuidOf = (text: string): string => {
  const hex = ['a', 'b', 'c', 'd'].map((part) => hashOf(`${part}:${text}`).toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

/** An endless row of numbers in [0, 1), always the same for the same seed (mulberry32). */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
