import type { Agent } from 'node:https';
import { envelope, type SoapRequest } from '../requests/xml-writer.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import type { HttpAnswer } from './http-post.ts';
import { post } from './http-post.ts';
import type { ConnectionPhase } from './network-errors.ts';
import { readAnswer, refuseForeignStatus } from './soap-answer.ts';
import { unpackBeginning } from './unpack.ts';

export interface CallOptions {
  readonly signal: AbortSignal;
  /** Default: {@link defaultDeadlineMs}. */
  readonly deadlineMs?: number;
  /** Must not be sent twice by itself: it changes something. Default false. */
  readonly once?: boolean;
  /** Told once, while the rest is still on its way: how the answer begins, unpacked. Empty for what cannot be unpacked. */
  readonly onBeginning?: (text: string) => void;
}

export const defaultDeadlineMs = 60_000;
const maxAnswerBytes = 128 * 1024 * 1024;
const sessionCookie = 'vmware_soap_session';

/** Speaks SOAP with one server, in one of its sessions (which is a cookie). */
export interface SoapClient {
  /**
   * @returns what the method returns; undefined for nothing
   * @throws VimFault, and what {@link post} throws
   */
  call(request: SoapRequest, options: CallOptions): Promise<XmlValue | undefined>;
  /**
   * Like {@link call}, but hands out a good answer unread, for another thread to read.
   * @throws VimFault, and what {@link post} throws
   */
  fetch(request: SoapRequest, options: CallOptions): Promise<HttpAnswer>;
  /** The newest version of the API both sides know, once the server has told its own. */
  speakVersion(apiVersion: string): void;
  /** From now on failures mean that a server was lost, not that there is none. */
  contacted(): void;
  /** The cookie of the session as a header's value; empty before there is one. */
  cookie(): string;
}

export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}

export const createSoapClient = ({ address, port }: ServerAddress, agent: Agent): SoapClient => {
  // A version every server of the last ten years knows, for the one question that comes before the server told its own.
  let version = '6.0';
  let cookie = '';
  let phase: ConnectionPhase = 'contact';

  const send = async (request: SoapRequest, options: CallOptions): Promise<HttpAnswer> => {
    const answer = await post({
      agent,
      address,
      port,
      path: '/sdk',
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `urn:vim25/${version}`,
        'accept-encoding': 'gzip',
        'user-agent': 'vm-migration-console',
        ...(cookie === '' ? {} : { cookie }),
      },
      body: envelope(request),
      operation: request.method,
      deadlineMs: options.deadlineMs ?? defaultDeadlineMs,
      maxBytes: maxAnswerBytes,
      phase,
      repeatable: options.once !== true,
      signal: options.signal,
      ...(options.onBeginning === undefined
        ? {}
        : { onBeginning: (bytes, packing) => options.onBeginning?.(unpackBeginning(bytes, packing)) }),
    });
    for (const line of answer.cookies) {
      // Sent back byte for byte, quotes included: servers compare it as text.
      const pair = line.split(';', 1)[0] ?? '';
      if (pair.startsWith(`${sessionCookie}=`)) cookie = pair;
    }
    return answer;
  };

  return {
    call: async (request, options) => {
      const answer = await send(request, options);
      return readAnswer(answer, { address, port, operation: request.method, phase });
    },
    fetch: async (request, options) => {
      const answer = await send(request, options);
      const context = { address, port, operation: request.method, phase };
      refuseForeignStatus(answer, context);
      // Faults are short, and are told apart by their status.
      if (answer.status !== 200) readAnswer(answer, context);
      return answer;
    },
    speakVersion: (apiVersion) => {
      version = commonVersion(apiVersion);
    },
    contacted: () => {
      phase = 'session';
    },
    cookie: () => cookie,
  };
};

/** The newest version this program was written against. A newer server goes on speaking it. */
const newestKnown = '8.0.3.0';

export const commonVersion = (apiVersion: string): string => {
  if (!/^\d+(\.\d+)*$/.test(apiVersion)) return newestKnown;
  return compareVersions(apiVersion, newestKnown) > 0 ? newestKnown : apiVersion;
};

/** Negative, zero or positive, as for sorting. `8.0` and `8.0.0` are the same. */
export const compareVersions = (one: string, other: string): number => {
  const left = one.split('.').map(Number);
  const right = other.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};
