import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession, InventoryBatch } from '../../../../../electron/hypervisors/port.ts';
import type { Timing } from '../../../../../electron/hypervisors/vsphere/timing.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import type { AppError } from '../../../../../shared/errors/app-error.ts';
import {
  type Behaviour,
  cutOff,
  type FakeServer,
  fault,
  gzipped,
  methodsOf,
  raw,
  silence,
  startFakeServer,
  status,
} from '../fake-server.ts';
import {
  faulting,
  refList,
  retrieved,
  retrievedByNobody,
  returning,
  soap,
  type ToldObject,
  text,
  updateSet,
} from '../server-answers.ts';

const unaborted = (): AbortSignal => new AbortController().signal;
const noNews = soap('<WaitForUpdatesExResponse xmlns="urn:vim25"></WaitForUpdatesExResponse>');
const folder = (name: string): ToldObject => ({ type: 'Folder', id: name, properties: { name: text(name) } });

let server: FakeServer;
const opened: HypervisorSession[] = [];

const connect = async (timing: Partial<Timing> = {}): Promise<HypervisorSession> => {
  // Never: unless a test says otherwise, figures are not polled.
  const wait: Timing['wait'] = (_ms, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const session = await createVsphereAdapter({ timing: { wait, ...timing } }).connect(server.site, 'x', unaborted());
  opened.push(session);
  return session;
};

/** Reads until so many batches have come, or the iteration ends. */
const read = async (session: HypervisorSession, count: number, signal = unaborted()): Promise<InventoryBatch[]> => {
  const batches: InventoryBatch[] = [];
  for await (const batch of session.watchInventory(signal)) {
    batches.push(batch);
    if (batches.length === count) break;
  }
  return batches;
};

const refusal = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: 'AppError' });
  return error as AppError;
};

const namesIn = (batch: InventoryBatch | undefined): readonly string[] => {
  if (batch === undefined || batch.kind === 'complete') return [];
  return (batch.kind === 'page' ? batch.entities : batch.upserts).map(({ name }) => name);
};

const waitsFor = (...answers: readonly Behaviour[]): void => server.on('WaitForUpdatesEx', ...answers, silence);

beforeEach(async () => {
  server = await startFakeServer();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((session) => session.close()));
  await server.close();
});

describe('the inventory', () => {
  it('comes in pages; each question names the version of the answer before', async () => {
    waitsFor(
      updateSet('a&1', [folder('one')], true).replace('a&1', 'a&amp;1'),
      updateSet('2', [folder('two')]),
      noNews,
      updateSet('3', [folder('three')]),
    );
    const batches = await read(await connect(), 4);
    expect(batches.map(({ kind }) => kind)).toEqual(['page', 'page', 'complete', 'change']);
    expect(batches.map(namesIn)).toEqual([['one'], ['two'], [], ['three']]);
    const versions = server.calls
      .filter(({ method }) => method === 'WaitForUpdatesEx')
      .map(({ body }) => /<version>(.*)<\/version>/.exec(body)?.[1]);
    // No news means the same version once more.
    expect(versions.slice(0, 4)).toEqual(['', 'a&amp;1', '2', '2']);
  });

  it('is read from packed answers, too', async () => {
    waitsFor(gzipped(updateSet('1', [folder('packed')])));
    expect(namesIn((await read(await connect(), 1))[0])).toEqual(['packed']);
  });

  it('tells how many objects there will be', async () => {
    const all = refList(['Folder', 'a'], ['HostSystem', 'b'], ['ComputeResource', 'around-b']);
    server.on('RetrievePropertiesEx', retrieved([{ type: 'ContainerView', id: 'v', properties: { view: all } }]));
    // The count is asked for beside the pages, so it comes with one of the later ones.
    const pages = Array.from({ length: 20 }, (_, page) => updateSet(`${page}`, [folder(`f${page}`)], true));
    waitsFor(...pages);
    const totals = (await read(await connect(), 20)).map((batch) => (batch.kind === 'page' ? batch.total : 'none'));
    expect(totals.at(-1)).toBe(2);
  });

  it('is read by two sessions, so that questions for changes do not disturb each other', async () => {
    waitsFor(updateSet('1', []));
    const session = await connect();
    expect(methodsOf(server)).toEqual(['RetrieveServiceContent', 'Login']);
    await read(session, 1);
    expect(methodsOf(server).filter((method) => method === 'Login')).toHaveLength(2);
  });

  it('tells the server when nobody watches any more', async () => {
    waitsFor(updateSet('1', []));
    const session = await connect();
    await read(session, 1);
    await session.close();
    expect(methodsOf(server)).toEqual(expect.arrayContaining(['DestroyPropertyCollector', 'DestroyView']));
    expect(methodsOf(server).filter((method) => method === 'Logout')).toHaveLength(2);
  });

  it('does without properties the server does not know', async () => {
    const unknown = fault(faulting('InvalidProperty', 'no such property', '<name>summary.currentEVCModeKey</name>'));
    server.on('CreateFilter', unknown, returning('CreateFilter', '<returnval type="PropertyFilter">f</returnval>'));
    const cluster: ToldObject = { type: 'ClusterComputeResource', id: 'domain-c1', properties: { name: text('c') } };
    waitsFor(updateSet('1', [cluster]));
    const [page] = await read(await connect(), 1);
    expect(page?.kind === 'page' ? page.entities[0] : null).not.toHaveProperty('evcMode');
    const filters = server.calls.filter(({ method }) => method === 'CreateFilter');
    expect(filters.map(({ body }) => body.includes('summary.currentEVCModeKey'))).toEqual([true, false, false, false]);
  });

  it('gives up when the server complains of a property nobody asked for', async () => {
    server.on('CreateFilter', fault(faulting('InvalidProperty', 'what?', '<name>never.asked</name>')));
    expect(await refusal(read(await connect(), 1))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'InvalidProperty' },
    });
  });

  it('tells that looking at the inventory is not allowed', async () => {
    const noPermission = '<object type="Folder">group-d1</object><privilegeId>System.View</privilegeId>';
    server.on('CreateContainerView', fault(faulting('NoPermission', 'no', noPermission)));
    expect(await refusal(read(await connect(), 1))).toMatchObject({
      code: 'no-privilege',
      data: { privilege: 'System.View', object: 'Folder:group-d1' },
    });
  });
});

describe('a page that is large', () => {
  const names = Array.from({ length: 450 }, (_, index) => `folder-${index}`);
  const many = updateSet('1', names.map(folder), true);

  it('is told in parts, so that nothing stands still while one of them is taken in', async () => {
    waitsFor(many);
    const batches = await read(await connect(), 3);
    expect(batches.map((batch) => namesIn(batch).length)).toEqual([200, 200, 50]);
    expect(batches.flatMap(namesIn)).toEqual(names);
  });

  it.each([
    ['plain', (document: string) => Buffer.from(document)],
    ['packed', (document: string) => gzipSync(document, { level: 0 })],
  ])('does not hold up the question for the next one: %s', async (packing, pack) => {
    const bytes = pack(many);
    waitsFor((response) => {
      // The rest follows when the next question has come.
      server.on('WaitForUpdatesEx', (next) => {
        response.end(bytes.subarray(40_000));
        next.end(updateSet('2', [folder('last')]));
      });
      response.writeHead(200, packing === 'packed' ? { 'content-encoding': 'gzip' } : {});
      response.write(bytes.subarray(0, 40_000));
    });
    const batches = await read(await connect(), 5);
    expect(batches.flatMap(namesIn)).toEqual([...names, 'last']);
  });

  it('is refused when its content does not bear out how it begins', async () => {
    const [head = ''] = many.split('</version>');
    waitsFor(
      `${head}</version>${many.slice(head.length)}`.replace('</version></version>', '</version><version>9</version>'),
    );
    expect((await refusal(read(await connect(), 99))).code).toBe('unexpected-answer');
  });
});

describe('an inventory that breaks off', () => {
  const whenSynced = async (then: Behaviour, timing?: Partial<Timing>): Promise<AppError> => {
    server.on('WaitForUpdatesEx', updateSet('1', [folder('one')]), then);
    return refusal(read(await connect(timing), 99));
  };

  it.each([
    ['the session has ended', fault(faulting('NotAuthenticated')), 'session-expired'],
    ['the version is forgotten', fault(faulting('InvalidCollectorVersion')), 'connection-lost'],
    ['the connection is cut', cutOff, 'connection-lost'],
    ['a proxy says that the server is away', status(503, '<html>'), 'connection-lost'],
    ['a proxy answers with a page', status(200, '<html><body>Log in</body></html>'), 'unexpected-answer'],
    ['something else is there', status(404), 'unexpected-answer'],
    ['an answer is cut off', raw(updateSet('2', [folder('two')]).slice(0, 400)), 'unexpected-answer'],
    ['an answer has a document type', raw(`<!DOCTYPE a []>${updateSet('2', [])}`), 'unexpected-answer'],
    ['a packed answer is damaged', raw('not gzip', { 'content-encoding': 'gzip' }), 'unexpected-answer'],
    ['an answer is no text', raw(Buffer.from([0x3c, 0xff, 0xfe])), 'unexpected-answer'],
  ] as const)('says so when %s', async (_what, behaviour, code) => {
    expect((await whenSynced(behaviour)).code).toBe(code);
  });

  it('says so when the server does not answer any more', async () => {
    const error = await whenSynced(silence, { longPollMs: 100, callDeadlineMs: 100, pageDeadlineMs: 100 });
    expect(error).toMatchObject({ code: 'server-timeout', data: { operation: 'WaitForUpdatesEx', afterMs: 200 } });
  });

  it('can be begun anew in the same session', async () => {
    const session = await connect();
    server.on('WaitForUpdatesEx', fault(faulting('NotAuthenticated')));
    expect((await refusal(read(session, 1))).code).toBe('session-expired');
    server.on(
      'CreateContainerView',
      fault(faulting('NotAuthenticated')),
      returning('CreateContainerView', '<returnval type="ContainerView">v2</returnval>'),
    );
    waitsFor(updateSet('1', [folder('again')]));
    expect(namesIn((await read(session, 1))[0])).toEqual(['again']);
  });

  it('is over at once when nobody wants it any more', async () => {
    waitsFor(updateSet('1', []));
    const abort = new AbortController();
    const session = await connect();
    const iteration = session.watchInventory(abort.signal)[Symbol.asyncIterator]();
    expect((await iteration.next()).value).toEqual({ kind: 'complete' });
    const next = refusal(iteration.next());
    abort.abort();
    expect((await next).code).toBe('cancelled');
  });
});

describe('figures nobody announces', () => {
  it('are asked for from time to time, in pages', async () => {
    const host: ToldObject = { type: 'HostSystem', id: 'host-1', properties: { name: text('esx') } };
    const load = (mhz: number): ToldObject => ({
      ...host,
      properties: { 'summary.quickStats.overallCpuUsage': text(mhz, 'xsd:int') },
    });
    waitsFor(updateSet('1', [host]));
    server.on('RetrievePropertiesEx', (response, { body }) => {
      if (body.includes('quickStats')) response.end(retrieved([load(10)], 'more'));
      else response.end(retrieved([]));
    });
    server.on('ContinueRetrievePropertiesEx', (response, { body }) => {
      expect(body).toContain('<token>more</token>');
      response.end(
        retrieved([load(20)]).replaceAll('RetrievePropertiesExResponse', 'ContinueRetrievePropertiesExResponse'),
      );
    });
    let rounds = 0;
    const once: Timing['wait'] = (_ms, signal) =>
      new Promise((resolve, reject) => {
        rounds += 1;
        if (rounds === 1) resolve();
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const batches = await read(await connect({ wait: once }), 4);
    expect(batches.slice(2)).toMatchObject([
      { kind: 'change', upserts: [{ name: 'esx', cpuUsedMhz: 10 }] },
      { kind: 'change', upserts: [{ name: 'esx', cpuUsedMhz: 20 }] },
    ]);
  });
});

describe('reading entities', () => {
  const host = asEntityId('fake/HostSystem:host-1');

  it('asks again when the session has ended, which the server tells by answering nothing', async () => {
    const found = retrieved([{ type: 'HostSystem', id: 'host-1', properties: { name: text('esx') } }]);
    server.on('RetrievePropertiesEx', retrievedByNobody('HostSystem', 'host-1'), found);
    expect(await (await connect()).readEntities([host], unaborted())).toMatchObject([{ name: 'esx' }]);
    expect(methodsOf(server).filter((method) => method === 'Login')).toHaveLength(2);
  });

  it('reads answers that come in several pages', async () => {
    const compute: ToldObject = {
      type: 'ComputeResource',
      id: 'domain-s1',
      properties: { host: refList(['HostSystem', 'host-1']) },
    };
    const parent = '<val type="ComputeResource" xsi:type="ManagedObjectReference">domain-s1</val>';
    const first: ToldObject = { type: 'HostSystem', id: 'host-1', properties: { name: text('esx'), parent } };
    server.on('RetrievePropertiesEx', retrieved([first], 'next'));
    server.on(
      'ContinueRetrievePropertiesEx',
      retrieved([compute]).replaceAll('RetrievePropertiesExResponse', 'ContinueRetrievePropertiesExResponse'),
    );
    expect(await (await connect()).readEntities([host], unaborted())).toMatchObject([{ id: host, name: 'esx' }]);
  });

  it('does not know objects of other sites, and those that are no objects', async () => {
    const session = await connect();
    const strange = [asEntityId('other/HostSystem:host-1'), asEntityId('fake/nonsense'), asEntityId('fake/:x')];
    expect(await session.readEntities(strange, unaborted())).toEqual([]);
  });

  it('tells an answer it cannot read', async () => {
    server.on('RetrievePropertiesEx', raw(retrieved([]).slice(0, -20)));
    const error = await refusal((await connect()).readEntities([host], unaborted()));
    expect(error).toMatchObject({ code: 'unexpected-answer', data: { operation: 'RetrievePropertiesEx' } });
  });
});
