import { createHash, type Hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import type { ChecksumKind } from '../hypervisors/transfer.ts';
import type { ChecksumMessage, ChecksumReply, ChecksumResult } from './checksum-protocol.ts';

// The thread that counts checksums, so that the main process never stands still over gigabytes of disks.

const port = parentPort;
const running = new Map<number, ReadonlyMap<ChecksumKind, Hash>>();

const tell = (reply: ChecksumReply, moved: readonly ArrayBuffer[] = []): void => port?.postMessage(reply, [...moved]);

port?.on('message', (message: ChecksumMessage) => {
  const { of } = message;
  const hashes = running.get(of);
  switch (message.kind) {
    case 'begin':
      running.set(of, new Map(message.kinds.map((kind) => [kind, createHash(kind)])));
      return;
    case 'piece':
      for (const hash of hashes?.values() ?? []) hash.update(message.piece);
      tell({ kind: 'counted', of, piece: message.piece }, [message.piece.buffer]);
      return;
    case 'end': {
      const result: ChecksumResult = Object.fromEntries(
        [...(hashes ?? [])].map(([kind, hash]) => [kind, hash.digest('hex')]),
      );
      running.delete(of);
      tell({ kind: 'result', of, result });
      return;
    }
    case 'drop':
      running.delete(of);
      return;
    default:
      message satisfies never;
  }
});
