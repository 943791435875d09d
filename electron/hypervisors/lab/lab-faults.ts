import type { EntityId, SiteId } from '../../../shared/domain/ids.ts';

/** What befalls a move when it reaches `atPercent` (0-100). */
export type MoveIncident = { readonly atPercent: number } & (
  | { readonly kind: 'fails'; readonly fault: string; readonly message: string }
  /** Every connection to the site is cut. `backAfterMs` of real time, or null: until it is restored by hand. */
  | { readonly kind: 'connection-drops'; readonly backAfterMs: number | null }
  | { readonly kind: 'sessions-expire' }
  /** Somebody else interferes. */
  | { readonly kind: 'vm-destroyed' }
  | { readonly kind: 'vm-renamed'; readonly name: string }
  /** To another host of its cluster, where there is one; that makes the move fail. */
  | { readonly kind: 'vm-moved' }
);

/** Everything a session can be asked to change, by the names faults are ordered with. */
export type LabAct =
  | 'startRelocation'
  | 'applyFix'
  | 'prepareExport'
  | 'openExport'
  | 'completeExport'
  | 'openImport'
  | 'completeImport'
  | 'restoreIdentity'
  | 'parkVm'
  | 'unparkVm'
  | 'powerOnVm'
  | 'destroyVm';

/** What befalls a file on its way once `atByte` bytes of it have gone; at the end of a file that is shorter. */
export type TransferIncident = {
  readonly atByte: number;
} /** Every connection to the site is cut. `backAfterMs` of real time, or null: until it is restored by hand. */ & (
  | { readonly kind: 'connection-drops'; readonly backAfterMs: number | null }
  /** This stream alone breaks; everything else goes on. */
  | { readonly kind: 'stream-breaks' }
  /** The platform ends the lease, as after its time-out. */
  | { readonly kind: 'lease-ends' }
  /** The server forgets its sessions, and with them their leases. */
  | { readonly kind: 'sessions-expire' }
  /** One byte arrives as another. The platform's own count is of what it sent, or of what it got. */
  | { readonly kind: 'byte-altered' }
  /** The rest never arrives, and nobody says so. */
  | { readonly kind: 'rest-lost' }
  /** Somebody else changes the configuration of the VM. */
  | { readonly kind: 'vm-changed' }
);

/** Trouble that can be ordered in advance. All but the last two kinds happen once. */
export type LabFault =
  /** The next move that starts, or the next of that VM, meets with these incidents. */
  | { readonly kind: 'next-move'; readonly vm?: EntityId; readonly incidents: readonly MoveIncident[] }
  /**
   * The next act, or the next of that name, is carried out (with `work: 'not-done'`: is not), and the console never
   * hears so.
   */
  | { readonly kind: 'answer-lost'; readonly act?: LabAct; readonly work?: 'done' | 'not-done' }
  /** The next act of that name is refused by the platform. */
  | { readonly kind: 'act-refused'; readonly act: LabAct; readonly fault: string; readonly message: string }
  /** The next file that is sent, or the next that goes that way, meets with these incidents. */
  | {
      readonly kind: 'next-transfer';
      readonly way?: 'export' | 'import';
      readonly incidents: readonly TransferIncident[];
    }
  /** The next log-in is refused, whatever the password; also one that the console does by itself. */
  | { readonly kind: 'login-refused' }
  /** Every answer takes this long, until disarmed. Beyond 30 s the console gives up waiting. */
  | { readonly kind: 'slow-answers'; readonly delayMs: number }
  /** Every move stops at this percent, until disarmed. */
  | { readonly kind: 'moves-held'; readonly atPercent: number };

export type LabFaultKind = LabFault['kind'];
type FaultOf<Kind extends LabFaultKind> = Extract<LabFault, { kind: Kind }>;

/** Faults on demand: ordered by a person who practises or by a test, met by the sessions of the lab. */
export interface LabFaults {
  /** @param site where it happens; left out: at whichever lab site it can happen first. */
  arm(fault: LabFault, site?: SiteId): void;
  disarm(kind: LabFaultKind): void;
  clear(): void;
  armed(): readonly LabFault[];
  /** Takes the oldest armed fault of that kind that the condition accepts: it happens now, and only once. */
  take<Kind extends LabFaultKind>(
    kind: Kind,
    site: SiteId,
    accepts?: (fault: FaultOf<Kind>) => boolean,
  ): FaultOf<Kind> | null;
  /** Looks at a fault that goes on until it is disarmed. */
  standing<Kind extends LabFaultKind>(kind: Kind, site: SiteId): FaultOf<Kind> | null;
}

interface Armed {
  readonly fault: LabFault;
  readonly site: SiteId | null;
}

export const createLabFaults = (): LabFaults => {
  let orders: readonly Armed[] = [];

  const find = <Kind extends LabFaultKind>(
    kind: Kind,
    site: SiteId,
    accepts: (fault: FaultOf<Kind>) => boolean,
  ): { readonly order: Armed; readonly fault: FaultOf<Kind> } | null => {
    for (const order of orders) {
      if (order.fault.kind !== kind || (order.site !== null && order.site !== site)) continue;
      const fault = order.fault as FaultOf<Kind>;
      if (accepts(fault)) return { order, fault };
    }
    return null;
  };

  return {
    arm: (fault, site) => {
      orders = [...orders, { fault, site: site ?? null }];
    },
    disarm: (kind) => {
      orders = orders.filter(({ fault }) => fault.kind !== kind);
    },
    clear: () => {
      orders = [];
    },
    armed: () => orders.map(({ fault }) => fault),
    take: (kind, site, accepts = () => true) => {
      const found = find(kind, site, accepts);
      if (found === null) return null;
      orders = orders.filter((order) => order !== found.order);
      return found.fault;
    },
    standing: (kind, site) => find(kind, site, () => true)?.fault ?? null,
  };
};
