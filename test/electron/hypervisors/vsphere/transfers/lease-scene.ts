import { answerBy, type Behaviour, type FakeServer } from '../fake-server.ts';
import { data, list, refTo, retrieved, returning, soap, type ToldObject, text } from '../server-answers.ts';

/* A stopped VM, and what the server says of a lease of it. */

export interface ToldFile {
  readonly url: string;
  readonly key?: string;
  readonly importKey?: string;
  readonly thumbprint?: string;
  readonly certificate?: string;
}

const deviceUrl = ({ url, key = '/vm-1/disk:0', importKey = '', thumbprint = '', certificate }: ToldFile): string =>
  `<deviceUrl><key>${key}</key><importKey>${importKey}</importKey><url>${url}</url><sslThumbprint>${thumbprint}</sslThumbprint>${certificate === undefined ? '' : `<sslCertificate>${certificate}</sslCertificate>`}<disk>true</disk><targetId>disk-0.vmdk</targetId></deviceUrl>`;

export const leaseInfo = (files: readonly ToldFile[], timeoutSeconds = 300): string =>
  data(
    'HttpNfcLeaseInfo',
    `<lease type="HttpNfcLease">lease-1</lease><entity type="VirtualMachine">vm-1</entity>${files.map(deviceUrl).join('')}<totalDiskCapacityInKB>1</totalDiskCapacityInKB><leaseTimeout>${timeoutSeconds}</leaseTimeout>`,
  );

const lease = (properties: ToldObject['properties']): string =>
  retrieved([{ type: 'HttpNfcLease', id: 'lease-1', ...(properties === undefined ? {} : { properties }) }]);

export const initializing = lease({ state: text('initializing') });
export const ready = (files: readonly ToldFile[], timeoutSeconds?: number): string =>
  lease({ state: text('ready'), info: leaseInfo(files, timeoutSeconds) });
export const failedLease = (fault: string, sentence: string): string =>
  lease({
    state: text('error'),
    error: data(
      'LocalizedMethodFault',
      `<fault xsi:type="${fault}"></fault><localizedMessage>${sentence}</localizedMessage>`,
    ),
  });
export const forgottenLease = retrieved([]);

export const done = (method: string): string => soap(`<${method}Response xmlns="urn:vim25"></${method}Response>`);

const vm: ToldObject = {
  type: 'VirtualMachine',
  id: 'vm-1',
  properties: {
    name: text('web-01'),
    'runtime.powerState': text('poweredOff'),
    'runtime.host': refTo('HostSystem', 'host-1'),
    'config.hardware.device': list('VirtualDevice'),
  },
};

const options: ToldObject = {
  type: 'OvfManager',
  id: 'OvfManager',
  properties: {
    ovfExportOption: list(
      'OvfOptionInfo',
      '<OvfOptionInfo><option>mac</option></OvfOptionInfo>',
      '<OvfOptionInfo><option>extraconfig</option></OvfOptionInfo>',
    ),
  },
};

/** What is said of a lease, and is taken well. */
export const leaseMethods: readonly string[] = [
  'HttpNfcLeaseSetManifestChecksumType',
  'HttpNfcLeaseProgress',
  'HttpNfcLeaseComplete',
  'HttpNfcLeaseAbort',
];

export interface LeaseScene {
  /** What the server says of the lease from now on; of several, one after the other, and then always the last. */
  tellLease(...states: readonly Behaviour[]): void;
}

/** Lets the server know the VM, begin leases of it, and take everything said of them well. */
export const leaseScene = (server: FakeServer): LeaseScene => {
  let states: Behaviour[] = [forgottenLease];
  server.on('ExportVm', returning('ExportVm', '<returnval type="HttpNfcLease">lease-1</returnval>'));
  for (const method of leaseMethods) server.on(method, done(method));
  server.on('RetrievePropertiesEx', (response, call) => {
    if (!call.body.includes('<type>HttpNfcLease</type>')) {
      answerBy(retrieved([vm, options]), response, call);
      return;
    }
    const state = states.length > 1 ? states.shift() : states[0];
    answerBy(state ?? forgottenLease, response, call);
  });
  return {
    tellLease: (...some) => {
      states = [...some];
    },
  };
};
