import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP line to a server that can be cut and mended, and that can lose an answer. */
export interface CuttableLine {
  readonly port: number;
  /** Cuts every connection; new ones are refused until {@link mend}. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Nothing the server says passes without this saying yes. At the first no, all connections are cut, once. */
  guard(mayPass: () => Promise<boolean>): void;
  close(): Promise<void>;
}

export const openLine = async (target: { readonly address: string; readonly port: number }): Promise<CuttableLine> => {
  const sockets = new Set<Socket>();
  let mayPass: (() => Promise<boolean>) | null = null;

  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };

  const answer = async (chunk: Buffer, client: Socket): Promise<void> => {
    if (mayPass === null || (await mayPass())) client.write(chunk);
    else {
      mayPass = null;
      cutAll();
    }
  };

  const serve = (client: Socket): void => {
    const server = connect(target.port, target.address);
    keep(client);
    keep(server);
    client.on('data', (chunk) => server.write(chunk));
    let passing = Promise.resolve();
    server.on('data', (chunk) => {
      passing = passing.then(() => answer(chunk, client));
    });
    client.on('close', () => server.destroy());
    server.on('close', () => passing.then(() => client.destroy()));
  };

  const listen = async (port: number): Promise<Server> => {
    const server = createServer(serve);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };

  const stop = async (server: Server): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    cutAll();
    await closed;
  };

  let listener: Server | null = await listen(0);
  const { port } = listener.address() as AddressInfo;
  const cut = async (): Promise<void> => {
    const open = listener;
    listener = null;
    if (open) await stop(open);
  };

  return {
    port,
    cut,
    mend: async () => {
      mayPass = null;
      listener ??= await listen(port);
    },
    guard: (check) => {
      mayPass = check;
    },
    close: cut,
  };
};
