import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../../../../electron/hypervisors/port.ts';
import type { ImportFile, ImportLease, ImportRequest } from '../../../../../electron/hypervisors/transfer.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import { silentSource } from '../../../../support/byte-streams.ts';
import { answerBy, cutOff, type FakeServer, fault, methodsOf, startFakeServer } from '../fake-server.ts';
import { toVApp, world } from '../moves/two-clusters.ts';
import { refusal } from '../refusal.ts';
import { faulting, refTo, retrieved, returning, type ToldObject, text } from '../server-answers.ts';
import { unaborted } from '../vcsim-site.ts';
import { type FakeFileHost, startFakeFileHost, thumbprint } from './fake-file-host.ts';
import { done, forgottenLease, leaseMethods, ready } from './lease-scene.ts';

const datastore = (id: string, free: number, mode = 'normal', accessible = true): ToldObject => ({
  type: 'Datastore',
  id,
  properties: {
    'summary.accessible': text(accessible, 'xsd:boolean'),
    'summary.freeSpace': text(free, 'xsd:long'),
    'summary.maintenanceMode': text(mode),
  },
});

const parent = (type: string, id: string, above: readonly [string, string] | null): ToldObject => ({
  type,
  id,
  properties: above === null ? {} : { parent: refTo(...above) },
});

const disk: ImportFile = { name: 'disk-1.vmdk', kind: 'disk', bytes: 5 };
const firmware: ImportFile = { name: 'firmware-2.nvram', kind: 'firmware', bytes: 3 };

const request = (facts: Partial<ImportRequest> = {}): ImportRequest => ({
  vmName: 'web-01',
  instanceUuid: '5012-a',
  descriptor: '<Envelope/>',
  files: [disk, firmware],
  destination: toVApp,
  host: null,
  datastore: null,
  parent: null,
  networks: [],
  ...facts,
});

const spec = returning(
  'CreateImportSpec',
  '<returnval><importSpec xsi:type="VirtualMachineImportSpec"><configSpec><name>x</name></configSpec></importSpec><fileItem><deviceId>/x/disk:0</deviceId><path>disk-1.vmdk</path><cimType>17</cimType><create>false</create></fileItem><fileItem><deviceId>/x/nvram</deviceId><path>firmware-2.nvram</path><cimType>1</cimType><create>true</create></fileItem><fileItem><deviceId>/x/unasked</deviceId><path>more.iso</path><create>true</create></fileItem></returnval>',
);

let server: FakeServer;
let host: FakeFileHost;
let session: HypervisorSession;
let objects: readonly ToldObject[];

beforeEach(async () => {
  server = await startFakeServer();
  host = await startFakeFileHost();
  objects = [...world, datastore('ds-1', 10)];
  const lease = ready([
    { url: `https://${host.address}/nfc/t/disk`, key: '/vm-1/disk:0', importKey: '/x/disk:0', thumbprint },
    { url: `https://${host.address}/nfc/t/nvram`, key: '/vm-1/nvram', importKey: '/x/nvram', thumbprint },
  ]);
  server.on('CreateImportSpec', spec);
  server.on('ImportVApp', returning('ImportVApp', '<returnval type="HttpNfcLease">lease-1</returnval>'));
  for (const method of leaseMethods) server.on(method, done(method));
  server.on('RetrievePropertiesEx', (response, call) => {
    if (call.body.includes('<type>HttpNfcLease</type>')) return answerBy(lease, response, call);
    const asked = [...call.body.matchAll(/<type>(\w+)<\/type><all>/g)].map(([, type]) => type);
    // As a server does that answers one question: only the object asked for, where its way up is asked for.
    const one = /<obj type="\w+">([^<]*)<\/obj>/.exec(call.body)?.[1];
    const told = asked.includes('ManagedEntity') || asked.includes('Datacenter');
    answerBy(retrieved(told ? objects.filter(({ id }) => id === one) : objects), response, call);
  });
  const wait = (_ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  const timing = { callDeadlineMs: 500, transferAnswerMs: 500, logoutDeadlineMs: 200, wait };
  session = await createVsphereAdapter({ timing }).connect(server.site, 'x', unaborted());
});

afterEach(async () => {
  await session.close();
  await host.close();
  await server.close();
});

const open = (facts: Partial<ImportRequest> = {}): Promise<ImportLease> =>
  session.openImport(request(facts), unaborted());
const bodyOf = (method: string): string => server.calls.find((call) => call.method === method)?.body ?? '';
const source = (bytes: string): Readable => Readable.from([Buffer.from(bytes)], { objectMode: false });

describe('an import', () => {
  it('wants the files the server has a place for, and names the VM', async () => {
    const lease = await open();
    expect(lease.wanted).toEqual(['disk-1.vmdk', 'firmware-2.nvram']);
    expect(lease.vm).toBe('fake/VirtualMachine:vm-1');
    await lease.abort();
    expect(methodsOf(server)).toContain('HttpNfcLeaseAbort');
  });

  it('sends disks as streams and other files as they are, with their lengths', async () => {
    const lease = await open();
    await lease.write(disk, source('bytes'), unaborted());
    await lease.write(firmware, source('nv!'), unaborted());
    expect(host.requests).toMatchObject([
      {
        method: 'POST',
        path: '/nfc/t/disk',
        headers: { 'content-type': 'application/x-vnd.vmware-streamVmdk', 'content-length': '5' },
        body: Buffer.from('bytes'),
      },
      { method: 'PUT', path: '/nfc/t/nvram', headers: { overwrite: 't', 'content-length': '3' } },
    ]);
    await lease.complete(unaborted());
    const told = server.calls.flatMap(({ body }) => /<percent>\d+<\/percent>/.exec(body) ?? []);
    expect(told).toEqual(['<percent>100</percent>']);
    expect(methodsOf(server).at(-1)).toBe('HttpNfcLeaseComplete');
  });

  it('tells what the server counted by the names of the files', async () => {
    const lease = await open();
    const entry = (key: string): string => `<returnval><key>${key}</key><size>5</size></returnval>`;
    server.on(
      'HttpNfcLeaseGetManifest',
      returning('HttpNfcLeaseGetManifest', entry('/vm-1/disk:0') + entry('/vm-1/other')),
    );
    expect(await lease.counts(unaborted())).toEqual([{ key: 'disk-1.vmdk', bytes: 5 }]);
    await lease.abort();
  });

  it('is broken when the host refuses a file before it has it', async () => {
    const lease = await open();
    host.interrupt((response) => {
      response.writeHead(500, { connection: 'close' });
      response.end();
    });
    const large = new Readable({ read: () => void large.push(Buffer.alloc(65_536)) });
    const sending = lease.write({ ...disk, bytes: 1e12 }, large, unaborted());
    expect(await refusal(sending)).toMatchObject({
      code: 'transfer-broken',
      data: { vmName: 'web-01', file: 'disk-1.vmdk', reason: 'HTTP 500' },
    });
    expect(large.destroyed).toBe(true);
    await lease.abort();
  });

  it.each(['close', 'keep-alive'])(
    'is sent once the host has all of a file, then %s, whenever its source ends',
    async (connection) => {
      const lease = await open();
      host.interrupt((response) => {
        response.req.on('data', () => {
          response.writeHead(201, { connection });
          response.end();
        });
      });
      const endless = silentSource(Buffer.from('bytes'));
      await lease.write(disk, endless, unaborted());
      expect(endless.isStopped()).toBe(true);
      await lease.abort();
    },
  );

  it('times out when the host does not say that it has a file', async () => {
    const lease = await open();
    host.answer(() => undefined);
    expect(await refusal(lease.write(disk, source('bytes'), unaborted()))).toMatchObject({
      code: 'server-timeout',
      data: { operation: 'POST' },
    });
    await lease.abort();
  });

  it('sends neither more nor less than it said', async () => {
    const lease = await open();
    for (const [bytes, reason] of [
      ['more than that', 'more than 5 bytes'],
      ['less', '4 of 5 bytes'],
    ] as const) {
      expect(await refusal(lease.write(disk, source(bytes), unaborted()))).toMatchObject({
        code: 'transfer-broken',
        data: { reason },
      });
    }
    expect(host.requests).toEqual([]);
    await lease.abort();
  });

  it('stops sending when nobody wants it any more', async () => {
    const lease = await open();
    const giveUp = new AbortController();
    const silent = silentSource();
    const sending = refusal(lease.write(disk, silent, giveUp.signal));
    giveUp.abort();
    expect((await sending).code).toBe('cancelled');
    expect(silent.isStopped()).toBe(true);
    await lease.abort();
  });

  it('is asked for once, also when the answer is lost', async () => {
    server.on('ImportVApp', cutOff);
    expect((await refusal(open())).code).toBe('connection-lost');
    expect(methodsOf(server).filter((method) => method === 'ImportVApp')).toHaveLength(1);
  });

  it('fails as the server says', async () => {
    server.on('ImportVApp', fault(faulting('DuplicateName', 'The name web-01 already exists.')));
    expect(await refusal(open())).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'DuplicateName', operation: 'ImportVApp' },
    });
    server.on('CreateImportSpec', returning('CreateImportSpec', '<returnval></returnval>'));
    expect((await refusal(open())).code).toBe('platform-fault');
  });
});

describe('where an import goes', () => {
  const toPool = { kind: 'resource-pool', id: asEntityId('fake/ResourcePool:pool-2'), name: 'gold' } as const;
  const folders = [
    parent('ClusterComputeResource', 'c-2', ['Folder', 'group-h4']),
    parent('Folder', 'group-h4', ['Datacenter', 'dc-2']),
    { type: 'Datacenter', id: 'dc-2', properties: { vmFolder: refTo('Folder', 'group-v3') } },
    parent('Folder', 'group-v3', ['Datacenter', 'dc-2']),
    parent('Folder', 'group-v7', ['Folder', 'group-v3']),
    parent('Folder', 'group-v9', ['Datacenter', 'dc-9']),
    parent('Datacenter', 'dc-9', null),
  ];
  const pathsOfCluster = world.find(({ id }) => id === 'c-2')?.properties;

  beforeEach(() => {
    const [cluster, ...others] = folders;
    const merged = { ...cluster, properties: { ...cluster?.properties, ...pathsOfCluster } } as ToldObject;
    objects = [...world.filter(({ id }) => id !== 'c-2'), merged, ...others, datastore('ds-1', 10)];
  });

  it('is a vApp without a folder, and a host of its cluster', async () => {
    await open().then((lease) => lease.abort());
    expect(bodyOf('ImportVApp')).toContain('<_this type="VirtualApp">resgroup-v9</_this>');
    expect(bodyOf('ImportVApp')).not.toContain('<folder');
    expect(bodyOf('ImportVApp')).toContain('<host type="HostSystem">host-2</host>');
  });

  it.each([
    ['the one the VM was in', 'fake/Folder:group-v7', 'group-v7'],
    ['the topmost, for one of another datacenter', 'fake/Folder:group-v9', 'group-v3'],
    ['the topmost, for one that is for hosts', 'fake/Folder:group-h4', 'group-v3'],
    ['the topmost, for one that is gone', 'fake/Folder:group-v8', 'group-v3'],
    ['the topmost, for none', null, 'group-v3'],
  ])('is a pool with a folder: %s', async (_what, folder, wanted) => {
    const lease = await open({ destination: toPool, parent: folder === null ? null : asEntityId(folder) });
    await lease.abort();
    expect(bodyOf('ImportVApp')).toContain('<_this type="ResourcePool">pool-2</_this>');
    expect(bodyOf('ImportVApp')).toContain(`<folder type="Folder">${wanted}</folder>`);
  });

  it('is the datastore with the most room that can be used, unless one was chosen', async () => {
    objects = [
      ...objects.filter(({ id }) => id !== 'host-2'),
      {
        type: 'HostSystem',
        id: 'host-2',
        properties: {
          parent: refTo('ClusterComputeResource', 'c-2'),
          'runtime.connectionState': text('connected'),
          datastore:
            '<val xsi:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Datastore">ds-1</ManagedObjectReference><ManagedObjectReference type="Datastore">ds-2</ManagedObjectReference><ManagedObjectReference type="Datastore">ds-3</ManagedObjectReference><ManagedObjectReference type="Datastore">ds-4</ManagedObjectReference></val>',
        },
      },
      datastore('ds-2', 20),
      datastore('ds-3', 30, 'inMaintenance'),
      datastore('ds-4', 40, 'normal', false),
    ];
    await open({ destination: toPool }).then((lease) => lease.abort());
    expect(bodyOf('CreateImportSpec')).toContain('<datastore type="Datastore">ds-2</datastore>');
    server.on('CreateImportSpec', returning('CreateImportSpec', '<returnval></returnval>'));
    await session.checkImport(request({ datastore: asEntityId('fake/Datastore:ds-1') }), unaborted());
    expect(server.calls.at(-1)?.body).toContain('<datastore type="Datastore">ds-1</datastore>');
  });

  it('is nowhere without a datastore or when the place is gone', async () => {
    objects = objects.filter(({ type }) => type !== 'Datastore');
    expect((await refusal(open())).code).toBe('not-found');
    objects = [];
    expect((await refusal(open())).code).toBe('destination-gone');
    expect((await refusal(session.checkImport(request(), unaborted()))).code).toBe('destination-gone');
  });

  it('is on the networks named for those of the descriptor, or else on those of the same name', async () => {
    const named = (id: string, name: string): ToldObject => ({
      type: 'Network',
      id,
      properties: { name: text(name) },
    });
    objects = [
      ...objects.map((each) =>
        each.id === 'host-2'
          ? {
              ...each,
              properties: {
                ...each.properties,
                network:
                  '<val xsi:type="ArrayOfManagedObjectReference"><ManagedObjectReference type="Network">n-1</ManagedObjectReference><ManagedObjectReference type="Network">n-2</ManagedObjectReference></val>',
              },
            }
          : each,
      ),
      named('n-1', 'front'),
      named('n-2', 'back%2fend'),
    ];
    const descriptor =
      '<Envelope><NetworkSection><Network name="front"/><Network name="back/end"/><Network name="nowhere"/></NetworkSection></Envelope>';
    const networks = [
      { name: 'front', network: asEntityId('fake/Network:n-9') },
      { name: 'not in the descriptor', network: asEntityId('fake/Network:n-8') },
    ];
    await session.checkImport(request({ descriptor, networks }), unaborted());
    expect(bodyOf('CreateImportSpec').match(/<networkMapping>.*<\/networkMapping>/)?.[0]).toBe(
      '<networkMapping><name>front</name><network type="Network">n-9</network></networkMapping><networkMapping><name>back/end</name><network type="Network">n-2</network></networkMapping>',
    );
  });
});

describe('an import whose lease is lost', () => {
  it('says so when a file is refused', async () => {
    const lease = await open();
    host.answer((response) => {
      response.statusCode = 404;
      response.end();
    });
    server.on('RetrievePropertiesEx', forgottenLease);
    expect((await refusal(lease.write(disk, source('bytes'), unaborted()))).code).toBe('lease-lost');
    expect((await refusal(lease.complete(unaborted()))).code).toBe('lease-lost');
    expect(methodsOf(server)).not.toContain('HttpNfcLeaseComplete');
  });
});
