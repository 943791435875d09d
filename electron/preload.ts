import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../shared/ipc/bridge.ts';
import { bridgeChannels } from '../shared/ipc/bridge.ts';
import type { EventName } from '../shared/ipc/contract.ts';

/*
 * Runs sandboxed beside the page. It passes messages on and decides nothing: the main process parses every request,
 * the page parses every reply and event. `ipcRenderer` itself never reaches the page.
 */
const bridge: Bridge = {
  call: (callId, name, payload) => ipcRenderer.invoke(bridgeChannels.call, callId, name, payload),
  cancel: (callId) => ipcRenderer.send(bridgeChannels.cancel, callId),
  onEvent: (listener) => {
    const forward = (_event: unknown, name: EventName, payload: unknown): void => listener(name, payload);
    ipcRenderer.on(bridgeChannels.event, forward);
    return () => ipcRenderer.off(bridgeChannels.event, forward);
  },
};

contextBridge.exposeInMainWorld('vmConsole', bridge);
