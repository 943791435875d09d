import type { Agent } from 'node:https';
import type { CertificateInfo, Site } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { HypervisorAdapter, HypervisorSession, ProbeResult, SiteAddress } from '../port.ts';
import { asAppError } from './fault-mapping.ts';
import { hostUuid } from './host-identity.ts';
import { sharedParsePool } from './inventory/parse-pool.ts';
import { aboutPlatform, readServiceContent, type ServiceContent } from './service-content.ts';
import { defaultTiming, type Timing } from './timing.ts';
import { type ApiSession, createApiSession } from './transport/api-session.ts';
import { createLoginGuard } from './transport/login-guard.ts';
import { createPinnedAgent } from './transport/pinned-agent.ts';
import type { CertificatePolicy } from './transport/pinned-connection.ts';
import { createSoapClient } from './transport/soap-client.ts';
import { createVsphereSession } from './vsphere-session.ts';

export interface VsphereOptions {
  /** Deviations from {@link defaultTiming}, for tests. */
  readonly timing?: Partial<Timing>;
}

/** The adapter for VMware vCenter and for single ESXi hosts, over the vSphere Web Services API. */
export const createVsphereAdapter = (options: VsphereOptions = {}): HypervisorAdapter => {
  const timing: Timing = { ...defaultTiming, ...options.timing };
  return {
    kinds: ['vsphere'],
    probe: (site, signal) => probe(site, timing, signal),
    connect: (site, password, signal) => connect(site, password, timing, signal),
  };
};

const probe = async (site: SiteAddress, timing: Timing, signal: AbortSignal): Promise<ProbeResult> => {
  let certificate: CertificateInfo | null = null;
  const agent = createPinnedAgent({
    policy: { kind: 'any' },
    connectTimeoutMs: timing.connectTimeoutMs,
    onCertificate: (shown) => {
      certificate = shown;
    },
  });
  try {
    const content = await firstContact(agent, site, timing, signal);
    return { certificate, about: aboutPlatform(content, null) };
  } finally {
    agent.destroy();
  }
};

const connect = async (
  site: Site,
  password: string,
  timing: Timing,
  signal: AbortSignal,
): Promise<HypervisorSession> => {
  const agent = createPinnedAgent({ policy: policyOf(site), connectTimeoutMs: timing.connectTimeoutMs });
  let operations: ApiSession | null = null;
  try {
    const content = await firstContact(agent, site, timing, signal);
    const guard = createLoginGuard(site.address, site.userName);
    const sessionParts = { site, password, content, agent, guard, timing };
    operations = createApiSession(sessionParts);
    const about = aboutPlatform(content, await logInAndIdentify(operations, signal));
    return createVsphereSession({
      site,
      about,
      operations,
      inventory: createApiSession(sessionParts),
      thread: sharedParsePool.open(site.address),
      agent,
      timing,
    });
  } catch (error) {
    await operations?.close();
    agent.destroy();
    throw signal.aborted
      ? new AppError('cancelled', {})
      : asAppError(error, { address: site.address, operation: 'Login' });
  }
};

const policyOf = ({ pinnedCertificate }: Site): CertificatePolicy =>
  pinnedCertificate === null ? { kind: 'trusted' } : { kind: 'pinned', fingerprintSha256: pinnedCertificate };

const firstContact = (
  agent: Agent,
  { address, port }: SiteAddress,
  timing: Timing,
  signal: AbortSignal,
): Promise<ServiceContent> => {
  const server = { address, port };
  return readServiceContent(createSoapClient(server, agent), server, signal, timing.callDeadlineMs);
};

const logInAndIdentify = (operations: ApiSession, signal: AbortSignal): Promise<string | null> => {
  if (operations.content.instanceUuid === null) return hostUuid(operations, signal);
  return operations.loggedIn(signal, async () => null);
};
