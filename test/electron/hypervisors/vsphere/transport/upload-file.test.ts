import { Agent } from 'node:https';
import { Duplex, Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { TransferOptions } from '../../../../../electron/hypervisors/vsphere/transport/file-transfer.ts';
import { uploadFile } from '../../../../../electron/hypervisors/vsphere/transport/upload-file.ts';

/** A host that answers as soon as it has seen anything, while the console has not heard yet that its bytes have left. */
const hastyHost = (status: string): Agent =>
  Object.assign(new Agent(), {
    createConnection: () => {
      const socket = new Duplex({
        read: () => undefined,
        write: () => {
          socket.push(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
        },
      });
      return Object.assign(socket, { setKeepAlive: () => socket });
    },
  });

const to = (agent: Agent): TransferOptions => ({
  file: {
    host: 'esx-1.example',
    port: 443,
    path: '/nfc/ticket/disk-0.vmdk',
    cookie: null,
    pinning: { policy: { kind: 'any' }, connectTimeoutMs: 1_000 },
    agent,
  },
  vmName: 'web-01',
  label: 'disk-0.vmdk',
  answerMs: 60_000,
  signal: new AbortController().signal,
});

const upload = (status: string, bytes: number): Promise<void> =>
  uploadFile({
    ...to(hastyHost(status)),
    source: Readable.from([Buffer.from('bytes')], { objectMode: false }),
    bytes,
    method: 'PUT',
    headers: {},
  });

it('believes a host that has it all and says so before the console has heard that all was sent', async () => {
  await upload('201 Created', 5);
});

it('does not believe one that cannot have it all', async () => {
  await expect(upload('201 Created', 6)).rejects.toMatchObject({
    code: 'transfer-broken',
    data: { reason: 'an answer after 5 of 6 bytes' },
  });
});

it('hears a refusal at once', async () => {
  await expect(upload('507 Insufficient Storage', 6)).rejects.toMatchObject({
    code: 'transfer-broken',
    data: { reason: 'HTTP 507' },
  });
});

/** A host that answers at the end; its connection takes so many writes, and the others when told so. */
const slowHost = (writesAtOnce: number): { readonly agent: Agent; readonly takeAll: () => void } => {
  const held: (() => void)[] = [];
  let left = writesAtOnce;
  const agent = Object.assign(new Agent(), {
    createConnection: () => {
      let got = '';
      const socket = new Duplex({
        read: () => undefined,
        write: (bytes: Buffer, _encoding, taken) => {
          got += bytes.toString('latin1');
          if (got.endsWith('last')) socket.push('HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n');
          left -= 1;
          if (left >= 0) taken();
          else held.push(taken);
        },
      });
      return Object.assign(socket, { setKeepAlive: () => socket });
    },
  });
  return {
    agent,
    takeAll: () => {
      left = Number.POSITIVE_INFINITY;
      for (const taken of held.splice(0)) taken();
    },
  };
};

it('asks for the next piece while one is being sent, and for no more than that', async () => {
  const texts = ['first', 'second', 'third', 'fourth', 'last'];
  let asked = 0;
  const source = (async function* () {
    for (const text of texts) {
      asked += 1;
      yield Buffer.from(text);
    }
  })();
  // The head and the first piece.
  const { agent, takeAll } = slowHost(2);
  const uploading = uploadFile({ ...to(agent), source, bytes: texts.join('').length, method: 'PUT', headers: {} });
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
  const askedMeanwhile = asked;
  takeAll();
  await uploading;
  expect(asked).toBe(texts.length);
  expect(texts.slice(0, askedMeanwhile)).toEqual(['first', 'second', 'third']);
});
