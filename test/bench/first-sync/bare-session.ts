import { Agent, request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { ManagedRef } from '../../../electron/hypervisors/vsphere/managed-ref.ts';
import { waitForUpdatesEx } from '../../../electron/hypervisors/vsphere/requests/property-requests.ts';
import { envelope, type SoapRequest } from '../../../electron/hypervisors/vsphere/requests/xml-writer.ts';

/** Calls in a session that somebody else logged in to; their answers are hardly read. */
export interface BareSession {
  /** For calls that return a reference. @throws Error with the answer, when it is another one */
  call(asked: SoapRequest): Promise<ManagedRef>;
  /** Fetches all a collector has to tell, page by page, and throws it away. Returns ms and bytes. */
  drain(collector: ManagedRef): Promise<{ readonly ms: number; readonly bytes: number }>;
  close(): void;
}

export const bareSession = (url: string, cookie: string): BareSession => {
  const agent = new Agent({ keepAlive: true, rejectUnauthorized: false });

  const post = (asked: SoapRequest): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'text/xml',
        soapaction: 'urn:vim25/8.0',
        cookie: `vmware_soap_session=${cookie}`,
      };
      const outgoing = request(url, { method: 'POST', headers, agent });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => text(response).then(resolve, reject));
      outgoing.end(envelope(asked));
    });

  const refused = (asked: SoapRequest, answer: string): Error =>
    new Error(`${asked.method}: ${answer.slice(0, 1_000)}`);

  return {
    call: async (asked) => {
      const answer = await post(asked);
      const [, type, value] = /<returnval [^>]*type="(\w+)"[^>]*>([^<]+)</u.exec(answer) ?? [];
      if (type === undefined || value === undefined) throw refused(asked, answer);
      return { type, value };
    },
    drain: async (collector) => {
      const begun = performance.now();
      let bytes = 0;
      for (let version = ''; ; ) {
        const asked = waitForUpdatesEx(collector, version, { maxWaitSeconds: 1, maxObjectUpdates: 100 });
        const answer = await post(asked);
        bytes += answer.length;
        const next = /<version>([^<]*)</u.exec(answer.slice(0, 4_000))?.[1];
        if (next === undefined) throw refused(asked, answer);
        if (!/<truncated>true</u.test(answer.slice(-4_000))) return { ms: performance.now() - begun, bytes };
        version = next;
      }
    },
    close: () => agent.destroy(),
  };
};
