import type { SiteId } from '../../../shared/domain/ids.ts';
import type { SiteKind } from '../../../shared/domain/platform.ts';
import type { Site } from '../../../shared/domain/site.ts';
import { AppError, hasCode } from '../../../shared/errors/app-error.ts';
import type { HypervisorAdapter } from '../port.ts';
import { largestImageBytes } from './cold/disk-content.ts';
import { leaseTimeoutMs } from './cold/leases.ts';
import type { LabClock } from './lab-clock.ts';
import { createLabFaults, type LabFaults } from './lab-faults.ts';
import type { LabHistory } from './lab-history.ts';
import { createLabServer, type LabPace, type LabServer } from './lab-server.ts';
import { createLabSession } from './lab-session.ts';
import { addressOf, createSessionGate } from './session-gate.ts';
import { startUsageLife } from './usage-life.ts';
import { hyperVWorld } from './world/hyperv-world.ts';
import { vmwareWorld } from './world/vmware-world.ts';

export interface LabOptions {
  readonly clock: LabClock;
  /** 1: a hot move takes 3 to 12 s. 10: ten times faster. Infinity: everything is done at once, without waiting. */
  readonly speed: number;
  readonly faults?: LabFaults;
  /** How long each answer and each page of the inventory takes, ms. Not given: none. */
  readonly answerMs?: number;
  /** How often usage changes a little while somebody is connected, ms. Not given: never. */
  readonly usageEveryMs?: number;
  /** The image of no disk is longer, bytes. Not given: 8 MiB. */
  readonly largestImageBytes?: number;
  /** How long a lease lives that nobody keeps alive, ms, at any speed. Not given: 5 minutes. */
  readonly leaseTimeoutMs?: number;
  /** Where what changes is written down, and read again at the beginning. Not given: nowhere. */
  readonly history?: LabHistory;
}

export interface LabAdapter extends HypervisorAdapter {
  readonly faults: LabFaults;
  /** What stands behind a site: to look at independently, and to interfere with as somebody else would. */
  server(site: Pick<Site, 'id' | 'kind'>): LabServer;
}

const kinds: readonly SiteKind[] = ['lab-vmware', 'lab-hyperv'];

const logIn = async (server: LabServer, site: Site, signal: AbortSignal): Promise<void> => {
  const address = addressOf(site);
  try {
    await createSessionGate(server, site).call('connect', signal, () => {
      if (server.faults.take('login-refused', site.id) === null) return;
      throw new AppError('login-refused', { address, userName: site.userName });
    });
  } catch (error) {
    if (!hasCode(error, 'connection-lost')) throw error;
    throw new AppError('site-unreachable', { address, port: site.port, reason: error.data.reason }, error);
  }
};

/**
 * The shipped simulator of both platforms. Every site id has one world, made when first asked for, which lives as
 * long as the adapter, or as its history: what was moved stays moved when a session ends and another begins. Any
 * password is right.
 */
export const createLabAdapter = (options: LabOptions): LabAdapter => {
  const { clock, speed } = options;
  const faults = options.faults ?? createLabFaults();
  const history = options.history ?? null;
  const pace: LabPace = {
    speed,
    answerMs: options.answerMs ?? 0,
    usageEveryMs: options.usageEveryMs ?? null,
    largestImageBytes: options.largestImageBytes ?? largestImageBytes,
    leaseTimeoutMs: options.leaseTimeoutMs ?? leaseTimeoutMs,
  };
  const servers = new Map<string, LabServer>();
  const sessions = new Map<LabServer, { count: number; readonly stopLife: () => void }>();

  const server = (site: Pick<Site, 'id' | 'kind'>): LabServer => {
    if (!kinds.includes(site.kind)) throw new AppError('site-kind-unavailable', { kind: site.kind });
    const key = `${site.kind} ${site.id}`;
    const known = servers.get(key) ?? createLabServer(site.id, site.kind, clock, pace, faults, history);
    servers.set(key, known);
    return known;
  };

  const enter = (used: LabServer): void => {
    const present = sessions.get(used);
    if (present === undefined) sessions.set(used, { count: 1, stopLife: startUsageLife(used) });
    else present.count += 1;
  };

  const leave = (used: LabServer): void => {
    const present = sessions.get(used);
    if (present === undefined) return;
    present.count -= 1;
    if (present.count > 0) return;
    present.stopLife();
    sessions.delete(used);
  };

  return {
    kinds,
    faults,
    server,

    probe: async (address, signal) => {
      if (signal.aborted) throw new AppError('cancelled', {});
      if (!kinds.includes(address.kind)) throw new AppError('site-kind-unavailable', { kind: address.kind });
      const world = address.kind === 'lab-hyperv' ? hyperVWorld : vmwareWorld;
      return { certificate: null, about: world('lab' as SiteId).about };
    },

    connect: async (site, _password, signal) => {
      const used = server(site);
      await logIn(used, site, signal);
      enter(used);
      return createLabSession(used, site, () => leave(used));
    },
  };
};
