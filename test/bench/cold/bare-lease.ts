import { setTimeout as delay } from 'node:timers/promises';
import { reference, type SoapClient, textOf } from '../../support/vcsim-soap.ts';

/** A lease that nothing is known of but where its disk is. It lives as long as the simulator was told to let it. */
export interface BareLease {
  readonly diskUrl: string;
  /** Gives the VM back; one that is being made goes. */
  abort(): Promise<void>;
}

const pollMs = 20;
/** Where the simulator has its VMs. */
const machineFolder = 'Folder:group-2';

const called = async (
  client: SoapClient,
  object: string,
  method: string,
  body?: string,
): Promise<Awaited<ReturnType<SoapClient['call']>>> => {
  const reply = await client.call(object, method, body);
  if (reply.fault !== null) throw new Error(`${method}: ${reply.text.slice(0, 1_000)}`);
  return reply;
};

const whenReady = async (client: SoapClient, lease: string): Promise<BareLease> => {
  for (;;) {
    const found = await client.properties(lease, 'state', 'info');
    const state = found.get('state');
    const diskUrl = /<url>([^<]+\.vmdk)<\/url>/u.exec(found.get('info') ?? '')?.[1];
    if (state === 'ready' && diskUrl !== undefined) {
      return { diskUrl, abort: async () => void (await called(client, lease, 'HttpNfcLeaseAbort')) };
    }
    if (state !== 'initializing')
      throw new Error(`a lease is ${state} and has ${diskUrl === undefined ? 'no' : 'a'} disk`);
    await delay(pollMs);
  }
};

const leaseIn = (text: string): string => `HttpNfcLease:${textOf(text, 'returnval')}`;

export const exportLease = async (client: SoapClient, vm: string): Promise<BareLease> => {
  const { text } = await called(client, await client.find('VirtualMachine', vm), 'ExportVm');
  return whenReady(client, leaseIn(text));
};

/** A VM to be made like another one. */
export const importLease = async (
  client: SoapClient,
  like: string,
  place: { readonly name: string; readonly pool: string; readonly datastore: string },
): Promise<BareLease> => {
  const pool = await client.find('ResourcePool', place.pool);
  const described = await called(
    client,
    'OvfManager:OvfManager',
    'CreateDescriptor',
    `${reference('obj', await client.find('VirtualMachine', like))}<cdp><includeImageFiles>false</includeImageFiles></cdp>`,
  );
  const spec = await called(
    client,
    'OvfManager:OvfManager',
    'CreateImportSpec',
    `<ovfDescriptor>${textOf(described.text, 'ovfDescriptor')}</ovfDescriptor>${reference('resourcePool', pool)}${reference(
      'datastore',
      await client.find('Datastore', place.datastore),
    )}<cisp><locale></locale><deploymentOption></deploymentOption><entityName>${place.name}</entityName></cisp>`,
  );
  // Back verbatim, with the namespaces its own element declares.
  const given = /<importSpec( [^>]*>[\s\S]*)<\/importSpec>/u.exec(spec.text)?.[1] ?? '';
  const { text } = await called(
    client,
    pool,
    'ImportVApp',
    `<spec${given}</spec>${reference('folder', machineFolder)}`,
  );
  return whenReady(client, leaseIn(text));
};
