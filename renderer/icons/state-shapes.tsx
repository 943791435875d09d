import type { ReactNode } from 'react';

/** Verdicts and states. Each has a shape of its own, so that none depends on its colour. */
export const stateShapes = {
  blocker: (
    <>
      <path d="M5.5 1.8h5l3.7 3.7v5l-3.7 3.7h-5l-3.7-3.7v-5z" />
      <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
    </>
  ),
  check: <path d="m3 8.5 3.2 3.2L13 5" />,
  drift: (
    <>
      <path d="M2 8c1.5-3 3-3 4.5 0s3 3 4.5 0 2-2.6 3-2.6" />
      <path d="M2 12.5h12" />
    </>
  ),
  failed: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
    </>
  ),
  grip: <path d="M6 4h.1M6 8h.1M6 12h.1M10 4h.1M10 8h.1M10 12h.1" strokeWidth="1.8" />,
  history: <path d="M2.5 8A5.5 5.5 0 1 0 4.1 4.1L2.5 5.7M2.5 2.5v3.2h3.2M8 5v3.2l2.2 1.3" />,
  info: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 7.4v3.6M8 5v.1" />
    </>
  ),
  key: (
    <>
      <circle cx="5" cy="11" r="2.7" />
      <path d="M7 9 13 3M10.5 5.5l2 2" />
    </>
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
      <path d="M5.5 7V5a2.5 2.5 0 0 1 5 0v2" />
    </>
  ),
  'not-allowed': (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m3.9 3.9 8.2 8.2" />
    </>
  ),
  'not-determined': (
    <>
      <rect x="2" y="2" width="12" height="12" rx="3" />
      <path d="M6.2 6.3a1.85 1.85 0 1 1 2.7 1.7c-.6.3-.9.65-.9 1.3M8 11.3v.1" />
    </>
  ),
  plug: <path d="M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5V14.5" />,
  running: (
    <>
      <path d="M14 8a6 6 0 1 1-6-6" />
      <path d="M6.7 5.6v4.8L10.4 8z" fill="currentColor" stroke="none" />
    </>
  ),
  shield: (
    <>
      <path d="M8 1.8 13.2 3.7v4c0 3.1-2.1 5.3-5.2 6.5-3.1-1.2-5.2-3.4-5.2-6.5v-4z" />
      <path d="m5.6 8 1.7 1.7 3.1-3.3" />
    </>
  ),
  'step-current': (
    <>
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" stroke="none" />
    </>
  ),
  'step-pending': <circle cx="8" cy="8" r="5" />,
  success: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.3 8.2 1.9 1.9 3.5-3.7" />
    </>
  ),
  unplug: <path d="M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5v2M2 14 14 2" />,
  waiting: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.7V8l2.3 1.5" />
    </>
  ),
  warning: (
    <>
      <path d="M8 2 14.5 13.5h-13z" />
      <path d="M8 6.3v3.2M8 11.4v.1" />
    </>
  ),
} satisfies Record<string, ReactNode>;
