import type { ReactNode } from 'react';

/** Things of the inventory. A VM's power state sits inside its screen: triangle on, square off, bars suspended, arrow moving. */
export const objectShapes = {
  cluster: (
    <>
      <rect x="2" y="2" width="7.5" height="4" rx=".8" />
      <rect x="6.5" y="10" width="7.5" height="4" rx=".8" />
      <path d="M5 6v6h1.5M9.5 4H12v6" />
    </>
  ),
  cpu: (
    <>
      <rect x="4" y="4" width="8" height="8" rx="1" />
      <path d="M6 1.8V4M10 1.8V4M6 12v2.2M10 12v2.2M1.8 6H4M1.8 10H4M12 6h2.2M12 10h2.2" />
    </>
  ),
  datacenter: (
    <>
      <path d="M2.5 13.5v-9L8 2l5.5 2.5v9z" />
      <path d="M6 13.5v-3.5h4v3.5M5.5 6.5h.1M8 6.5h.1M10.5 6.5h.1" />
    </>
  ),
  datastore: (
    <>
      <ellipse cx="8" cy="4" rx="5.5" ry="2" />
      <path d="M2.5 4v8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2V4M2.5 8c0 1.1 2.5 2 5.5 2s5.5-.9 5.5-2" />
    </>
  ),
  disc: (
    <>
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="1.5" />
    </>
  ),
  folder: <path d="M1.8 4.5v8h12.4v-6.5H8L6.5 4.5z" />,
  host: (
    <>
      <rect x="2" y="3" width="12" height="4.2" rx="1" />
      <rect x="2" y="8.8" width="12" height="4.2" rx="1" />
      <path d="M4.5 5.1h.1M4.5 10.9h.1M9 5.1h2.8M9 10.9h2.8" />
    </>
  ),
  image: <path d="M2 5.5h12v8H2zM2.8 2.5h10.4l.8 3H2zM6 8.5h4" />,
  'image-folder': (
    <>
      <path d="M1.8 4.2v8.6h12.4V5.7H8L6.5 4.2z" />
      <path d="M8 8v3M6.6 9.7 8 11l1.4-1.3" />
    </>
  ),
  memory: <path d="M1.8 4.5h12.4v6.5H1.8zM4.5 6.8v2M7 6.8v2M9.5 6.8v2M11.8 6.8v2M4 11v1.8M8 11v1.8M12 11v1.8" />,
  network: (
    <>
      <rect x="2" y="3" width="12" height="8" rx="1" />
      <path d="M5 11v2.5M8 11v2.5M11 11v2.5M5.5 6.5h5" />
    </>
  ),
  'resource-pool': (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 2v6l4.5 4M8 8 2.6 5.6" />
    </>
  ),
  site: (
    <>
      <rect x="2" y="2" width="12" height="8.5" rx="1.5" />
      <path d="M8 10.5v3M4.5 13.5h7M5 6.2h6" />
    </>
  ),
  snapshot: (
    <>
      <rect x="2" y="4" width="12" height="9" rx="1" />
      <circle cx="8" cy="8.5" r="2.3" />
      <path d="M5.5 4 6.5 2.5h3L10.5 4" />
    </>
  ),
  usb: (
    <>
      <path d="M8 14V2.5M6 4.5l2-2 2 2M8 11 5 9V6.5M8 9l3-1.5V6" />
      <circle cx="8" cy="13.2" r="1" />
    </>
  ),
  vapp: (
    <>
      <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2" />
      <rect x="4.3" y="4.3" width="3" height="3" />
      <rect x="8.7" y="4.3" width="3" height="3" />
      <rect x="4.3" y="8.7" width="3" height="3" />
      <path d="M8.9 10.2h2.8" />
    </>
  ),
  'vm-moving': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" />
      <path d="M5.5 13.8h5" />
      <path d="M4.8 7h6M8.9 5.1 10.8 7 8.9 8.9" className="icon-accent" />
    </>
  ),
  'vm-off': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" />
      <path d="M5.5 13.8h5" />
      <rect x="6.2" y="5.2" width="3.6" height="3.6" rx=".4" className="icon-power-off" />
    </>
  ),
  'vm-on': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" />
      <path d="M5.5 13.8h5" />
      <path d="M6.3 4.5v5l4.2-2.5z" className="icon-power-on" />
    </>
  ),
  'vm-parked': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" />
      <path d="M5.5 13.8h5" />
      <rect x="6" y="6.6" width="4" height="2.9" rx=".5" className="icon-suspended" />
      <path d="M6.9 6.6v-.7a1.1 1.1 0 0 1 2.2 0v.7" className="icon-suspended" />
    </>
  ),
  'vm-suspended': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" />
      <path d="M5.5 13.8h5" />
      <path d="M6.7 5v4M9.3 5v4" className="icon-suspended icon-thick" />
    </>
  ),
  'vm-template': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" strokeDasharray="2 1.6" />
      <path d="M5.5 13.8h5M5 5.8h6M5 8.2h3.5" />
    </>
  ),
  'vm-unknown': (
    <>
      <rect x="1.5" y="2.5" width="13" height="9" rx="1.5" />
      <path d="M5.5 13.8h5" />
      <path d="M6.8 5.9a1.3 1.3 0 1 1 1.9 1.2c-.5.2-.7.5-.7.9M8 9.3v.1" className="icon-power-off" />
    </>
  ),
} satisfies Record<string, ReactNode>;
