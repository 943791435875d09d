import type { IpcEvent, IpcPort } from '../../electron/ipc/register.ts';
import { pageUrl, type SenderFrame } from '../../electron/ipc/trusted-sender.ts';
import { bridgeChannels } from '../../shared/ipc/bridge.ts';
import type { Envelope } from '../../shared/ipc/contract.ts';

/** The page of the console, as Electron describes the frame it runs in. */
export const ownPage: SenderFrame = { url: pageUrl, parent: null };

/** Electron's `ipcMain` as a plain object, with the other end of it. */
export interface FakeIpc extends IpcPort {
  call(callId: unknown, name: unknown, payload: unknown, frame?: SenderFrame | null): Promise<Envelope<unknown>>;
  cancel(callId: unknown, frame?: SenderFrame | null): void;
  readonly channels: readonly string[];
}

export const createFakeIpc = (): FakeIpc => {
  const handlers = new Map<string, (event: IpcEvent, ...parts: unknown[]) => unknown>();
  const send = (channel: string, frame: SenderFrame | null, ...parts: unknown[]): unknown => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`nothing listens on ${channel}`);
    return handler({ senderFrame: frame }, ...parts);
  };
  return {
    handle: (channel, listener) => {
      handlers.set(channel, listener);
    },
    on: (channel, listener) => {
      handlers.set(channel, listener);
    },
    call: (callId, name, payload, frame = ownPage) =>
      send(bridgeChannels.call, frame, callId, name, payload) as Promise<Envelope<unknown>>,
    cancel: (callId, frame = ownPage) => {
      send(bridgeChannels.cancel, frame, callId);
    },
    get channels() {
      return [...handlers.keys()];
    },
  };
};
