import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../../../electron/hypervisors/port.ts';
import { createVsphereAdapter } from '../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { fakeFingerprint } from './fake-certificate.ts';
import {
  answerBy,
  type FakeServer,
  fault,
  methodsOf,
  raw,
  serviceContent,
  silence,
  startFakeServer,
  status,
} from './fake-server.ts';
import { faulting, retrieved, returning, text } from './server-answers.ts';

const unaborted = (): AbortSignal => new AbortController().signal;
const secret = 'pa55&<word>';

/** Nothing is waited for: deadlines are over at once, and waiting is counted instead. */
const waits: number[] = [];
const hasty = { callDeadlineMs: 150, connectTimeoutMs: 300, logoutDeadlineMs: 100 };
const adapter = createVsphereAdapter({
  timing: {
    wait: async (ms) => {
      waits.push(ms);
    },
  },
});
const hastyAdapter = createVsphereAdapter({ timing: hasty });

const refused = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: 'AppError' });
  return error as AppError;
};

let server: FakeServer;
const sessions: HypervisorSession[] = [];

const connect = async (password = secret): Promise<HypervisorSession> => {
  const session = await adapter.connect(server.site, password, unaborted());
  sessions.push(session);
  return session;
};

beforeEach(async () => {
  waits.length = 0;
  server = await startFakeServer();
});

afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()));
  await server.close();
});

describe('first contact', () => {
  it('shows the certificate and what the server is, without any secret', async () => {
    const { certificate, about } = await adapter.probe(server.site, unaborted());
    expect(certificate).toMatchObject({
      subject: 'O=Test, CN=fake.example',
      issuer: 'O=Test, CN=fake.example',
      fingerprintSha256: fakeFingerprint,
      subjectAltNames: ['localhost', 'fake.example', '127.0.0.1'],
      trusted: false,
    });
    expect(certificate?.fingerprintSha1).toMatch(/^([0-9A-F]{2}:){19}[0-9A-F]{2}$/);
    expect(certificate?.validTo).toBeGreaterThan(certificate?.validFrom ?? Number.POSITIVE_INFINITY);
    expect(about).toEqual({
      product: 'VMware vCenter Server',
      version: '8.0.3',
      instanceId: '11111111-2222-3333-4444-555555555555',
    });
    expect(methodsOf(server)).toEqual(['RetrieveServiceContent']);
  });

  it('sends nothing at all to a server with another certificate than the pinned one', async () => {
    const site = { ...server.site, pinnedCertificate: fakeFingerprint.replace('A7', 'A8') };
    const error = await refused(adapter.connect(site, secret, unaborted()));
    expect(error.code).toBe('certificate-changed');
    expect(error.data).toMatchObject({
      pinned: site.pinnedCertificate,
      certificate: { fingerprintSha256: fakeFingerprint },
    });
    expect(server.calls).toEqual([]);
  });

  it('sends nothing at all to a server nobody has accepted and no authority vouches for', async () => {
    const error = await refused(adapter.connect({ ...server.site, pinnedCertificate: null }, secret, unaborted()));
    expect(error.code).toBe('certificate-unknown');
    expect(error.data).toMatchObject({ certificate: { fingerprintSha256: fakeFingerprint, trusted: false } });
    expect(server.calls).toEqual([]);
  });

  it('takes a pin however its letters are written', async () => {
    const site = { ...server.site, pinnedCertificate: fakeFingerprint.toLowerCase() };
    sessions.push(await adapter.connect(site, secret, unaborted()));
  });

  it.each([
    ['a web page', status(200, '<html><body>Welcome</body></html>'), /web page/],
    ['a page that is not there', status(404, 'nothing here'), /404/],
    ['a redirection', status(301), /301/],
    ['a log-in page of a proxy', status(401, '<html>'), /401/],
    ['a fault of another SOAP service', fault(faulting('VersionMismatch', 'unknown method')), /unknown method/],
    ['SOAP without content', returning('RetrieveServiceContent', '<returnval/>'), /unknown API/],
    ['an API of another kind', serviceContent().replace('VirtualCenter', 'Workstation'), /unknown API/],
    ['the answer to something else', returning('CurrentTime', ''), /no response/],
    ['half an answer', serviceContent().slice(0, 700), /unfinished|closed|at \d+/],
    ['a bomb of entities', `<!DOCTYPE x [<!ENTITY a "b">]>${serviceContent()}`, /at \d+/],
    ['bytes that are no text', raw(Buffer.from([0xff, 0xfe, 0x80])), /./],
    ['an unknown packing', raw('x', { 'content-encoding': 'br' }), /packed/],
    ['gzip that is none', raw('x', { 'content-encoding': 'gzip' }), /./],
  ] as const)('tells %s from a vCenter', async (_what, behaviour, answer) => {
    server.on('RetrieveServiceContent', behaviour);
    const error = await refused(adapter.connect(server.site, secret, unaborted()));
    expect(error.code).toBe('not-a-management-server');
    expect(error.data).toMatchObject({ port: server.site.port, answer: expect.stringMatching(answer) });
    expect(methodsOf(server)).toEqual(['RetrieveServiceContent']);
  });

  it('tells a server that is starting from one that is something else', async () => {
    server.on('RetrieveServiceContent', status(503, '<html>503 Service Unavailable</html>'));
    const error = await refused(adapter.probe(server.site, unaborted()));
    expect(error.code).toBe('site-unreachable');
    expect(error.data).toMatchObject({ reason: 'HTTP 503' });
  });

  it('does not wait for a silent server for ever', async () => {
    server.on('RetrieveServiceContent', silence);
    const error = await refused(hastyAdapter.probe(server.site, unaborted()));
    expect(error.code).toBe('server-timeout');
    expect(error.data).toMatchObject({ operation: 'RetrieveServiceContent', afterMs: 150 });
  });

  it('does not wait for a server that speaks drop by drop', async () => {
    server.on('RetrieveServiceContent', (response) => {
      const drops = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(drops));
    });
    expect((await refused(hastyAdapter.probe(server.site, unaborted()))).code).toBe('server-timeout');
  });

  it('notices an answer that was cut off', async () => {
    server.on('RetrieveServiceContent', (response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write(serviceContent().slice(0, 100));
      setImmediate(() => response.destroy());
    });
    expect((await refused(adapter.probe(server.site, unaborted()))).code).toBe('site-unreachable');
  });

  it('can be given up at any time', async () => {
    const abort = new AbortController();
    server.on('RetrieveServiceContent', () => abort.abort());
    expect((await refused(adapter.probe(server.site, abort.signal))).code).toBe('cancelled');
  });
});

describe('an address where something else is', () => {
  const open: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];
  const listen = async (greet: (socket: Socket) => void): Promise<number> => {
    const sockets = new Set<Socket>();
    const other = createServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      greet(socket);
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    open.push({ server: other, sockets });
    return (other.address() as AddressInfo).port;
  };
  const at = (port: number): Parameters<typeof adapter.probe>[0] => ({ kind: 'vsphere', address: '127.0.0.1', port });

  afterEach(() => {
    for (const { server: other, sockets } of open.splice(0)) {
      for (const socket of sockets) socket.destroy();
      other.close();
    }
  });

  it('tells a server without TLS', async () => {
    const port = await listen((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const error = await refused(adapter.probe(at(port), unaborted()));
    expect(error.code).toBe('not-a-management-server');
    expect(error.data).toEqual({ address: '127.0.0.1', port, answer: 'no TLS' });
  });

  it('does not wait for TLS for ever', async () => {
    const port = await listen(() => undefined);
    const error = await refused(hastyAdapter.probe(at(port), unaborted()));
    expect(['site-unreachable', 'server-timeout']).toContain(error.code);
  });

  it('tells that a connection is closed at once', async () => {
    const port = await listen((socket) => socket.destroy());
    const error = await refused(adapter.probe(at(port), unaborted()));
    expect(error).toMatchObject({ code: 'site-unreachable', data: { reason: 'ECONNRESET' } });
  });

  it('tells that nobody listens, and that a name is not known', async () => {
    const closed = await refused(adapter.probe(at(1), unaborted()));
    expect(closed).toMatchObject({ code: 'site-unreachable', data: { reason: 'ECONNREFUSED' } });
    const unknown = await refused(adapter.probe({ ...at(443), address: 'vcenter.invalid' }, unaborted()));
    expect(unknown).toMatchObject({ code: 'site-unreachable', data: { address: 'vcenter.invalid' } });
  });
});

describe('logging in', () => {
  it('sends name and password as they are, and the cookie back byte for byte', async () => {
    const session = await connect();
    await session.readEntities([], unaborted());
    await session.locate({ id: 'fake/VirtualMachine:vm-1' as never }, unaborted());
    const [, loginCall, next] = server.calls;
    expect(loginCall?.body).toContain('<userName>operator</userName><password>pa55&amp;&lt;word&gt;</password>');
    expect(next?.headers).toMatchObject({
      cookie: 'vmware_soap_session="5e5510n-with-quotes"',
      soapaction: 'urn:vim25/8.0.3.0',
      'accept-encoding': 'gzip',
    });
  });

  it('speaks the newest version it knows with a server that is newer', async () => {
    server.on('RetrieveServiceContent', serviceContent().replace('8.0.3.0', '9.1.0.0'));
    await connect();
    expect(server.calls.at(-1)?.headers.soapaction).toBe('urn:vim25/8.0.3.0');
  });

  it.each(['InvalidLogin', 'NoPermission'])(
    'tells that the password was refused (%s), and tries once',
    async (name) => {
      server.on('Login', fault(faulting(name, 'Cannot complete login due to an incorrect user name or password.')));
      const error = await refused(connect());
      expect(error).toMatchObject({ code: 'login-refused', data: { address: '127.0.0.1', userName: 'operator' } });
      expect(methodsOf(server)).toEqual(['RetrieveServiceContent', 'Login']);
    },
  );

  it('never tells the password in an error', async () => {
    for (const behaviour of [status(404), silence, fault(faulting('SystemError', 'it broke'))] as const) {
      server.on('Login', behaviour);
      const error = await refused(hastyAdapter.connect(server.site, secret, unaborted()));
      expect(JSON.stringify([error.data, error.message])).not.toMatch(/pa55/);
    }
  });

  it('tells a fault that is none of the password', async () => {
    server.on('Login', fault(faulting('InvalidLocale', 'The locale is not known.')));
    expect(await refused(connect())).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'InvalidLocale', message: 'The locale is not known.', operation: 'Login' },
    });
  });

  it('keeps the session alive, and begins it anew when the server has ended it all the same', async () => {
    const ended = fault(faulting('NotAuthenticated', 'The session is not authenticated.'));
    server.on('CurrentTime', returning('CurrentTime', '<returnval>2026-01-01T00:00:00Z</returnval>'), ended, ended);
    const patient = createVsphereAdapter({ timing: { keepAliveMs: 20 } });
    sessions.push(await patient.connect(server.site, secret, unaborted()));
    await server.seen('CurrentTime', 2);
    await server.seen('Login', 2);
  });

  it('logs out when it is closed, and not again', async () => {
    const session = await connect();
    await session.close();
    await session.close();
    expect(methodsOf(server).filter((method) => method === 'Logout')).toHaveLength(1);
  });

  it('is closed in time although the server hangs', async () => {
    server.on('Logout', silence);
    const session = await hastyAdapter.connect(server.site, secret, unaborted());
    await session.close();
    expect(methodsOf(server)).toContain('Logout');
  });
});

describe('a session that the server has ended', () => {
  const vm = { id: 'fake/VirtualMachine:vm-1' as never };
  const ended = fault(faulting('NotAuthenticated', 'The session is not authenticated.'));
  const found = retrieved([{ type: 'VirtualMachine', id: 'vm-1', properties: { name: text('web') } }]);

  it('is begun anew, and the question asked again', async () => {
    const session = await connect();
    server.on('RetrievePropertiesEx', ended, found);
    expect(await session.locate(vm, unaborted())).toEqual({ host: null, pool: null, datastores: [] });
    expect(methodsOf(server).slice(1)).toEqual(['Login', 'RetrievePropertiesEx', 'Login', 'RetrievePropertiesEx']);
  });

  it('is begun anew once for all who need it', async () => {
    const session = await connect();
    const logins = (): number => methodsOf(server).filter((method) => method === 'Login').length;
    server.on('RetrievePropertiesEx', (response, call) => answerBy(logins() === 1 ? ended : found, response, call));
    await Promise.all([1, 2, 3].map(() => session.locate(vm, unaborted())));
    expect(logins()).toBe(2);
  });

  it('is told when it ends again at once', async () => {
    const session = await connect();
    server.on('RetrievePropertiesEx', ended);
    expect((await refused(session.locate(vm, unaborted()))).code).toBe('session-expired');
  });

  it('is not begun with a password that is refused now: three tries, further and further apart, and no more', async () => {
    const session = await connect();
    server.on('RetrievePropertiesEx', ended);
    server.on('Login', fault(faulting('InvalidLogin', 'no')));
    expect((await refused(session.locate(vm, unaborted()))).code).toBe('login-refused');
    expect((await refused(session.locate(vm, unaborted()))).code).toBe('login-refused');
    expect(methodsOf(server).filter((method) => method === 'Login')).toHaveLength(1 + 3);
    expect(waits).toEqual([1000, 4000]);
  });

  it('is begun anew after a refusal that was a passing one', async () => {
    const session = await connect();
    server.on('RetrievePropertiesEx', ended, found);
    const loginAgain = returning('Login', '<returnval><key>k</key></returnval>');
    server.on('Login', fault(faulting('InvalidLogin', 'no')), loginAgain);
    expect(await session.locate(vm, unaborted())).not.toBeNull();
  });
});
