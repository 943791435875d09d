import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

/** Size that every element claims to have, in CSS pixels: jsdom lays nothing out, so all sizes would be 0. */
const VIEWPORT = { width: 1280, height: 800 } as const;

// react-virtual reads the client size of its scroll container: with 0 it would render no rows at all.
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { configurable: true, get: () => VIEWPORT.width },
  clientHeight: { configurable: true, get: () => VIEWPORT.height },
});

afterEach(() => cleanup());
