import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { fakeCertificate, fakeKey } from '../fake-certificate.ts';

export interface FileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A host with files of its own, beside the server: as ESXi hosts are beside a vCenter. */
export interface FakeFileHost {
  readonly address: string;
  /** Requests whose head has arrived; their bodies as far as the host waited for them. */
  readonly requests: readonly FileRequest[];
  /** How requests are answered from now on, when they have come to their end. */
  answer(behaviour: (response: ServerResponse) => void): void;
  /** How requests are answered from now on, before anything of their bodies is read. */
  interrupt(behaviour: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export const thumbprint = new X509Certificate(fakeCertificate).fingerprint;

export const startFakeFileHost = async (): Promise<FakeFileHost> => {
  const requests: FileRequest[] = [];
  const sockets = new Set<Socket>();
  let whole: (response: ServerResponse) => void = (response) => response.end();
  let early: ((response: ServerResponse) => void) | null = null;
  const server = createServer({ key: fakeKey, cert: fakeCertificate }, async (request, response) => {
    const head = { method: request.method ?? '', path: request.url ?? '', headers: request.headers };
    if (early !== null) {
      requests.push({ ...head, body: Buffer.alloc(0) });
      early(response);
      return;
    }
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    requests.push({ ...head, body: Buffer.concat(chunks) });
    whole(response);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (behaviour) => {
      early = null;
      whole = behaviour;
    },
    interrupt: (behaviour) => {
      early = behaviour;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
