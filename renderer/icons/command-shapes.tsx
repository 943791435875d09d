import type { ReactNode } from 'react';

/** Commands, views and the window's own controls. */
export const commandShapes = {
  'arrow-right': <path d="M2.5 8h11M9.5 4l4 4-4 4" />,
  balance: <path d="M8 2v11.5M4 13.5h8M3 4.5h10M3 4.5 1.3 9h3.4zM13 4.5 11.3 9h3.4z" />,
  book: <path d="M3 2.5h8.5a1 1 0 0 1 1 1v10H4.2A1.2 1.2 0 0 1 3 12.3zM3 12.2c0-.7.5-1.2 1.2-1.2h8.3M6 5.5h3.5" />,
  calendar: (
    <>
      <rect x="2" y="3" width="12" height="11" rx="1" />
      <path d="M2 6.5h12M5 1.8v2.5M11 1.8v2.5" />
    </>
  ),
  'chevron-down': <path d="M3.5 6 8 10.5 12.5 6" />,
  'chevron-right': <path d="M6 3.5 10.5 8 6 12.5" />,
  close: <path d="m3.5 3.5 9 9m0-9-9 9" />,
  'collapse-all': <path d="M3 3.5h10M3 12.5h10M5.5 8h5" />,
  columns: (
    <>
      <rect x="2" y="2.5" width="12" height="11" rx="1" />
      <path d="M6 2.5v11M10 2.5v11" />
    </>
  ),
  duplicate: (
    <>
      <rect x="5" y="5" width="9" height="9" rx="1" />
      <path d="M11 5V2H2v9h3" />
    </>
  ),
  edit: <path d="M3 13l.6-2.6L10.8 3.2l2 2L5.6 12.4zM9.4 4.6l2 2" />,
  evacuate: <path d="M2.5 9v4.5h11V9M8 2.5v7M5 6.8 8 9.8l3-3" />,
  export: <path d="M9.5 2H4v12h8V4.5zM9.5 2v2.5H12M6 9.5h4M8.5 8 10 9.5 8.5 11" />,
  filter: <path d="M2 3.5h12L9.5 9v4l-3 1V9z" />,
  home: <path d="M2.5 7.5 8 3l5.5 4.5V13.5h-11z" />,
  inventory: (
    <>
      <rect x="2" y="2" width="4.5" height="3.5" rx=".8" />
      <rect x="9.5" y="6.3" width="4.5" height="3.5" rx=".8" />
      <rect x="9.5" y="11" width="4.5" height="3.5" rx=".8" />
      <path d="M4.2 5.5v7.2h5.3M4.2 8h5.3" />
    </>
  ),
  language: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M2 8h12M8 2c2 2 2.6 4 2.6 6S10 12 8 14c-2-2-2.6-4-2.6-6S6 4 8 2z" />
    </>
  ),
  logo: (
    <>
      <path d="M2 4.5h6v6H2z" />
      <path d="M8 7.5h5.5M11 5l2.5 2.5L11 10" />
      <path d="M5 13.5h8.5V11M13.5 4V2.5H5" />
    </>
  ),
  migrate: <path d="M2 5.5h10M9.5 3 12 5.5 9.5 8M14 10.5H4M6.5 8 4 10.5 6.5 13" />,
  minus: <path d="M3.5 8h9" />,
  more: (
    <>
      <circle cx="3.5" cy="8" r=".9" fill="currentColor" />
      <circle cx="8" cy="8" r=".9" fill="currentColor" />
      <circle cx="12.5" cy="8" r=".9" fill="currentColor" />
    </>
  ),
  plan: (
    <>
      <rect x="3" y="3" width="10" height="11" rx="1" />
      <path d="M6 3V1.8h4V3M5.5 7h5M5.5 10h3" />
    </>
  ),
  play: <path d="M4.5 3v10L13 8z" />,
  plus: <path d="M8 3v10M3 8h10" />,
  print: <path d="M4.5 6V2h7v4M4.5 11.5H2V6h12v5.5h-2.5M4.5 9.5h7V14h-7z" />,
  refresh: (
    <>
      <path d="M13.5 8A5.5 5.5 0 1 1 11.9 4.1L13.5 5.7" />
      <path d="M13.5 2.5v3.2h-3.2" />
    </>
  ),
  restore: <path d="M2.5 9v4.5h11V9M8 9.8v-7M5 5.5l3-3 3 3" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="M10.2 10.2 14 14" />
    </>
  ),
  settings: (
    <>
      <path d="M2 4.5h6M11.5 4.5H14M2 11.5h2.5M8 11.5h6" />
      <circle cx="9.75" cy="4.5" r="1.75" />
      <circle cx="6.25" cy="11.5" r="1.75" />
    </>
  ),
  'sort-ascending': <path d="M8 12V4M5 7l3-3 3 3" />,
  tasks: (
    <>
      <path d="M6.5 4h7.5M6.5 8h7.5M6.5 12h7.5" />
      <path d="m1.8 4 .9.9L4.3 3.2M1.8 8l.9.9 1.6-1.7M1.8 12l.9.9 1.6-1.7" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2v12a6 6 0 0 0 0-12z" fill="currentColor" stroke="none" />
    </>
  ),
  trash: <path d="M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 9h5.8l.6-9M6.8 7v4M9.2 7v4" />,
  undo: <path d="M3 6.5h7a3.5 3.5 0 0 1 0 7H6M5.8 3.5 3 6.5l2.8 3" />,
  'window-maximize': <rect x="2.5" y="2.5" width="11" height="11" rx="1" />,
  'window-minimize': <path d="M2 8h12" />,
} satisfies Record<string, ReactNode>;
