import { AppError, toWire } from '../../shared/errors/app-error.ts';
import { bridgeChannels } from '../../shared/ipc/bridge.ts';
import { type Envelope, type RequestName, requests } from '../../shared/ipc/contract.ts';
import type { CallContext, Handlers } from './handlers.ts';
import { isTrustedSender, type SenderFrame } from './trusted-sender.ts';

/** The part of Electron's `ipcMain` that is used; a plain object in tests. */
export interface IpcPort {
  handle(channel: string, listener: (event: IpcEvent, ...parts: unknown[]) => Promise<Envelope<unknown>>): void;
  on(channel: string, listener: (event: IpcEvent, ...parts: unknown[]) => void): void;
}

export interface IpcEvent {
  readonly senderFrame: SenderFrame | null;
}

export interface RegisterOptions {
  readonly ipc: IpcPort;
  readonly handlers: Handlers;
  /** What failed without an error code of its own: a fault of the console, for its log. */
  readonly onFault: (request: string, error: unknown) => void;
  /** Parse replies too. Under test, where a wrong reply has to be found before a window meets it. */
  readonly parseReplies: boolean;
}

type AnyHandler = (request: unknown, context: CallContext) => unknown;

const isRequest = (name: unknown): name is RequestName => typeof name === 'string' && Object.hasOwn(requests, name);
const isCallId = (id: unknown): id is string => typeof id === 'string' && id.length > 0 && id.length <= 100;

const refused = (path: string, message: string): AppError<'invalid-input'> =>
  new AppError('invalid-input', { issues: [{ path, message }] });

/**
 * Connects the contract's requests to their handlers: checks who asks, parses what is asked, and answers with an
 * envelope that keeps an error's code. Nothing a page sends makes it throw.
 * @returns a function that aborts every call under way, for when the window goes away
 */
export const registerHandlers = ({ ipc, handlers, onFault, parseReplies }: RegisterOptions): (() => void) => {
  const running = new Map<string, AbortController>();

  const answer = async (event: IpcEvent, callId: unknown, name: unknown, payload: unknown): Promise<unknown> => {
    if (!isTrustedSender(event.senderFrame)) throw refused('sender', 'not the page of this console');
    if (!isCallId(callId)) throw refused('callId', 'not a call id');
    if (!isRequest(name)) throw refused('name', 'no such request');
    if (running.has(callId)) throw refused('callId', 'a call with this id is under way');
    const request = requests[name].request.safeParse(payload);
    if (!request.success) {
      throw new AppError('invalid-input', {
        issues: request.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
      });
    }
    const abort = new AbortController();
    running.set(callId, abort);
    try {
      const reply = await (handlers[name] as AnyHandler)(request.data, { signal: abort.signal });
      return parseReplies ? requests[name].reply.parse(reply) : reply;
    } finally {
      running.delete(callId);
    }
  };

  ipc.handle(bridgeChannels.call, async (event, callId, name, payload) => {
    try {
      return { ok: true, value: await answer(event, callId, name, payload) };
    } catch (error) {
      const wire = toWire(error);
      if (wire.code === 'internal') onFault(String(name), error);
      return { ok: false, error: wire };
    }
  });

  ipc.on(bridgeChannels.cancel, (event, callId) => {
    if (isTrustedSender(event.senderFrame) && isCallId(callId)) running.get(callId)?.abort();
  });

  return () => {
    for (const abort of running.values()) abort.abort();
  };
};
