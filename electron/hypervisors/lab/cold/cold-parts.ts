import type { CarryOut } from '../carry-out.ts';
import type { LabServer } from '../lab-server.ts';
import type { SessionGate } from '../session-gate.ts';
import type { LabLease } from './leases.ts';

/** What the cold-migration acts of one session work with. */
export interface ColdParts {
  readonly server: LabServer;
  readonly gate: SessionGate;
  readonly carryOut: CarryOut;
  /** What errors call the place of the site. */
  readonly address: string;
  /** Leases this session keeps alive. */
  readonly held: Set<LabLease>;
}

/** Opens a lease and keeps it alive. When the answer gets lost nobody does, and it runs out. @throws as CarryOut */
export const holdLease = async <Opened extends { readonly lease: LabLease }>(
  { server, carryOut, held }: ColdParts,
  act: 'openExport' | 'openImport',
  signal: AbortSignal,
  open: () => Opened,
): Promise<Opened> => {
  const opened: LabLease[] = [];
  try {
    const taken = await carryOut(act, signal, () => {
      const now = open();
      opened.push(now.lease);
      return now;
    });
    held.add(taken.lease);
    return taken;
  } catch (error) {
    for (const lease of opened) server.leases.leave(lease);
    throw error;
  }
};

/** Gives a lease up at once, or, when the platform cannot be told so, lets it run out. */
export const dropLease = ({ server, gate, held }: ColdParts, lease: LabLease): void => {
  held.delete(lease);
  if (lease.state === 'held' && server.link.isUp() && !gate.isClosed()) server.leases.end(lease);
  else server.leases.leave(lease);
};
