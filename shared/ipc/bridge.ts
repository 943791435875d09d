import type { Envelope, EventName, RequestName } from './contract.ts';

/** The three raw IPC channels. Only `preload`, `electron/ipc` and nobody else uses them. */
export const bridgeChannels = {
  call: 'vm-console:call',
  cancel: 'vm-console:cancel',
  event: 'vm-console:event',
} as const;

/** What the preload script puts on `window.vmConsole`. Untyped on purpose: `renderer/api` parses everything. */
export interface Bridge {
  call(callId: string, name: RequestName, payload: unknown): Promise<Envelope<unknown>>;
  /** Aborts the call with that id; its promise answers with error code `cancelled`. */
  cancel(callId: string): void;
  /** Returns a function that ends the subscription. */
  onEvent(listener: (name: EventName, payload: unknown) => void): () => void;
}
