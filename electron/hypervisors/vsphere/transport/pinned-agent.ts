import { Agent } from 'node:https';
import type * as tls from 'node:tls';
import { connectPinned, type PinnedConnectionOptions } from './pinned-connection.ts';

export type PinnedAgentOptions = Pick<PinnedConnectionOptions, 'policy' | 'connectTimeoutMs' | 'onCertificate'>;

/**
 * An agent that keeps connections open (until `destroy`) and hands one out only when it is ready.
 * Connecting rejects as {@link connectPinned} does.
 */
export const createPinnedAgent = (pinning: PinnedAgentOptions): Agent => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, scheduling: 'lifo' });
  const connecting = new Set<tls.TLSSocket>();
  const createConnection = (
    options: { readonly host?: string | null; readonly port?: number | string | null },
    done: (error: Error | null, socket?: tls.TLSSocket) => void,
  ): undefined => {
    const { socket, ready } = connectPinned({ ...pinning, host: options.host ?? '', port: Number(options.port) });
    connecting.add(socket);
    ready
      .finally(() => connecting.delete(socket))
      .then(
        () => done(null, socket),
        (error: Error) => done(error),
      );
    return undefined;
  };
  const destroy = (): void => {
    // The agent itself knows a socket only after it was handed out.
    for (const socket of connecting) socket.destroy();
    Agent.prototype.destroy.call(agent);
  };
  return Object.assign(agent, { createConnection, destroy });
};
