import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { siteId } from '../../../../shared/domain/ids.ts';
import type { Site } from '../../../../shared/domain/site.ts';
import { fakeCertificate, fakeFingerprint, fakeKey } from './fake-certificate.ts';
import { returning, soap } from './server-answers.ts';

/** How a call is answered: a SOAP document, or by hand. */
export type Behaviour = string | ((response: ServerResponse, request: FakeCall) => void);

export interface FakeCall {
  readonly method: string;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** A server that answers as told: for what the simulator, being well-behaved, does not do. */
export interface FakeServer {
  readonly site: Site;
  readonly calls: readonly FakeCall[];
  /** Answers a method like this from now on; of several, one after the other, and then always the last. */
  on(method: string, ...behaviours: readonly Behaviour[]): void;
  /** Resolves when a method has been called so many times. */
  seen(method: string, times: number): Promise<void>;
  close(): Promise<void>;
}

export const methodsOf = (server: FakeServer): readonly string[] => server.calls.map(({ method }) => method);

const about = (kind: 'VirtualCenter' | 'HostAgent'): string =>
  `<about><name>VMware vCenter Server</name><fullName>VMware vCenter Server 8.0.3</fullName><version>8.0.3</version><apiType>${kind}</apiType><apiVersion>8.0.3.0</apiVersion>${
    kind === 'VirtualCenter' ? '<instanceUuid>11111111-2222-3333-4444-555555555555</instanceUuid>' : ''
  }</about>`;

export const serviceContent = (kind: 'VirtualCenter' | 'HostAgent' = 'VirtualCenter'): string =>
  returning(
    'RetrieveServiceContent',
    `<returnval><rootFolder type="Folder">group-d1</rootFolder><propertyCollector type="PropertyCollector">propertyCollector</propertyCollector><viewManager type="ViewManager">ViewManager</viewManager>${about(
      kind,
    )}<sessionManager type="SessionManager">SessionManager</sessionManager><taskManager type="TaskManager">TaskManager</taskManager><searchIndex type="SearchIndex">SearchIndex</searchIndex><ovfManager type="OvfManager">OvfManager</ovfManager>${
      kind === 'VirtualCenter'
        ? '<vmProvisioningChecker type="VirtualMachineProvisioningChecker">checker</vmProvisioningChecker>'
        : ''
    }</returnval>`,
  );

export const cookie = 'vmware_soap_session="5e5510n-with-quotes"; Path=/; HttpOnly; Secure;';

const loginAnswer: Behaviour = (response) => {
  response.setHeader('set-cookie', cookie);
  response.end(returning('Login', '<returnval><key>k</key></returnval>'));
};

const reference = (method: string, type: string): string =>
  returning(method, `<returnval type="${type}">session[1]${type}</returnval>`);

const usual: Readonly<Record<string, Behaviour>> = {
  RetrieveServiceContent: serviceContent(),
  Login: loginAnswer,
  Logout: soap('<LogoutResponse xmlns="urn:vim25"></LogoutResponse>'),
  CreateContainerView: reference('CreateContainerView', 'ContainerView'),
  CreatePropertyCollector: reference('CreatePropertyCollector', 'PropertyCollector'),
  CreateFilter: reference('CreateFilter', 'PropertyFilter'),
  DestroyPropertyCollector: soap(
    '<DestroyPropertyCollectorResponse xmlns="urn:vim25"></DestroyPropertyCollectorResponse>',
  ),
  DestroyView: soap('<DestroyViewResponse xmlns="urn:vim25"></DestroyViewResponse>'),
  RetrievePropertiesEx: returning('RetrievePropertiesEx', ''),
};

/** Says nothing, for as long as the connection is open. */
export const silence: Behaviour = () => undefined;

/** Cuts the connection instead of answering. */
export const cutOff: Behaviour = (response) => {
  response.destroy();
};

export const status =
  (code: number, body = '', type = 'text/html'): Behaviour =>
  (response) => {
    response.writeHead(code, { 'content-type': type });
    response.end(body);
  };

/** Bytes as they are, with status 200. */
export const raw =
  (bytes: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (response) => {
    response.writeHead(200, headers);
    response.end(bytes);
  };

export const gzipped = (document: string): Behaviour => raw(gzipSync(document), { 'content-encoding': 'gzip' });

export const answerBy = (behaviour: Behaviour, response: ServerResponse, call: FakeCall): void => {
  if (typeof behaviour === 'function') behaviour(response, call);
  else {
    response.setHeader('content-type', 'text/xml; charset=utf-8');
    response.end(behaviour);
  }
};

/** As servers tell a fault: with status 500. */
export const fault = (document: string): Behaviour => status(500, document, 'text/xml; charset=utf-8');

export const startFakeServer = async (): Promise<FakeServer> => {
  const calls: FakeCall[] = [];
  const behaviours = new Map<string, Behaviour[]>(Object.entries(usual).map(([method, one]) => [method, [one]]));
  const sockets = new Set<Socket>();
  const watchers = new Set<() => void>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const method = /<soapenv:Body><(\w+)/.exec(body)?.[1] ?? '';
    const call = { method, body, headers: request.headers };
    calls.push(call);
    for (const look of [...watchers]) look();
    const queue = behaviours.get(method) ?? [];
    const behaviour = (queue.length > 1 ? queue.shift() : queue[0]) ?? status(404);
    answerBy(behaviour, response, call);
  };

  const server = createServer({ key: fakeKey, cert: fakeCertificate }, (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    site: {
      id: siteId('fake'),
      name: 'Fake',
      kind: 'vsphere',
      address: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      userName: 'operator',
      pinnedCertificate: fakeFingerprint,
    },
    calls,
    on: (method, ...some) => {
      behaviours.set(method, [...some]);
    },
    seen: (method, times) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (calls.filter((call) => call.method === method).length < times) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
