import type { AboutPlatform } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ManagedRef } from './managed-ref.ts';
import { retrieveServiceContent } from './requests/session-requests.ts';
import type { ServerAddress, SoapClient } from './transport/soap-client.ts';
import type { XmlValue } from './xml/xml-node.ts';
import { refAt, textAt } from './xml/xml-values.ts';

/** What a server tells before log-in: what it is, and where its managers are (never guessed: they differ). */
export interface ServiceContent {
  readonly kind: 'vcenter' | 'esxi';
  readonly product: string;
  readonly version: string;
  readonly apiVersion: string;
  /** Null on an ESXi host. */
  readonly instanceUuid: string | null;
  readonly rootFolder: ManagedRef;
  readonly sessionManager: ManagedRef;
  readonly propertyCollector: ManagedRef;
  readonly viewManager: ManagedRef;
  readonly searchIndex: ManagedRef;
  readonly taskManager: ManagedRef | null;
  /** Null on an ESXi host, which has nothing to check against. */
  readonly provisioningChecker: ManagedRef | null;
  readonly ovfManager: ManagedRef | null;
}

/**
 * First words with a server.
 * @throws `not-a-management-server` when something else answers, `site-unreachable`, `server-timeout`
 */
export const readServiceContent = async (
  client: SoapClient,
  { address, port }: ServerAddress,
  signal: AbortSignal,
  deadlineMs: number,
): Promise<ServiceContent> => {
  const answer = await client.call(retrieveServiceContent(), { signal, deadlineMs }).catch((error: unknown) => {
    if (error instanceof AppError) throw error;
    // A fault before log-in: it speaks SOAP, but not this API.
    throw new AppError('not-a-management-server', { address, port, answer: String((error as Error).message) }, error);
  });
  const content = asServiceContent(answer);
  if (content === null) throw new AppError('not-a-management-server', { address, port, answer: 'an unknown API' });
  client.speakVersion(content.apiVersion);
  client.contacted();
  return content;
};

const kinds: Readonly<Record<string, ServiceContent['kind']>> = { VirtualCenter: 'vcenter', HostAgent: 'esxi' };

const asServiceContent = (answer: XmlValue | undefined): ServiceContent | null => {
  const kind = kinds[textAt(answer, 'about', 'apiType') ?? ''];
  const rootFolder = refAt(answer, 'rootFolder');
  const sessionManager = refAt(answer, 'sessionManager');
  const propertyCollector = refAt(answer, 'propertyCollector');
  const viewManager = refAt(answer, 'viewManager');
  const searchIndex = refAt(answer, 'searchIndex');
  if (!kind || !rootFolder || !sessionManager || !propertyCollector || !viewManager || !searchIndex) return null;
  return {
    kind,
    product: textAt(answer, 'about', 'name') ?? 'VMware',
    version: textAt(answer, 'about', 'version') ?? '',
    apiVersion: textAt(answer, 'about', 'apiVersion') ?? '',
    instanceUuid: textAt(answer, 'about', 'instanceUuid') || null,
    rootFolder,
    sessionManager,
    propertyCollector,
    viewManager,
    searchIndex,
    taskManager: refAt(answer, 'taskManager') ?? null,
    provisioningChecker: refAt(answer, 'vmProvisioningChecker') ?? null,
    ovfManager: refAt(answer, 'ovfManager') ?? null,
  };
};

/** An ESXi host has no instance id; its hardware's takes the place, see host-identity.ts. */
export const aboutPlatform = (content: ServiceContent, hostUuid: string | null): AboutPlatform => ({
  product: content.product,
  version: content.version,
  instanceId: content.instanceUuid ?? hostUuid ?? '',
});
