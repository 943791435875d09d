/** The two kinds of virtualization software. A VM never moves from one kind to the other (seed, 2.7.2). */
export type Platform = 'vmware' | 'hyperv';

/** What a site talks to. `lab-*` are the shipped simulator; they need no network and no password. */
export type SiteKind = 'vsphere' | 'scvmm' | 'lab-vmware' | 'lab-hyperv';

export const platformOf = (kind: SiteKind): Platform =>
  kind === 'vsphere' || kind === 'lab-vmware' ? 'vmware' : 'hyperv';
