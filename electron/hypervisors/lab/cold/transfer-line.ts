import { AppError } from '../../../../shared/errors/app-error.ts';
import type { TransferIncident } from '../lab-faults.ts';
import type { LeaseKind } from '../lab-history.ts';
import type { LabServer } from '../lab-server.ts';
import { copyDurationMs } from '../move-duration.ts';
import type { SessionGate } from '../session-gate.ts';
import { newerVersion, replaceVm } from '../world-acts.ts';
import type { LabLease } from './leases.ts';

/** One file under way between the console and the platform. */
export interface TransferLine {
  readonly server: LabServer;
  readonly gate: SessionGate;
  /** What errors call the place of the site. */
  readonly address: string;
  readonly way: LeaseKind;
  readonly lease: LabLease;
  readonly vmName: string;
  /** How long the file is, bytes. */
  readonly bytes: number;
  /** What the file stands for, bytes: that is how long it takes. Null: no time at all. */
  readonly realBytes: number | null;
}

/** @throws AppError what `SessionGate.pass` throws, and `lease-lost` */
export const checkLease = (gate: SessionGate, lease: LabLease, vmName: string, signal: AbortSignal): void => {
  gate.pass(signal);
  if (lease.state === 'held') return;
  const reason = lease.state === 'left' ? 'the session that held it is gone' : 'the platform has ended it';
  throw new AppError('lease-lost', { vmName, reason });
};

/** Lets an incident happen that befalls more than this one file. */
const meet = (line: TransferLine, incident: TransferIncident): void => {
  const { server, lease, address } = line;
  switch (incident.kind) {
    case 'connection-drops':
      server.link.cut(incident.backAfterMs);
      return;
    case 'stream-breaks':
      throw new AppError('connection-lost', { address, reason: 'the stream broke' });
    case 'lease-ends':
      server.leases.end(lease);
      return;
    case 'sessions-expire':
      server.link.expireSessions();
      return;
    case 'vm-changed':
      replaceVm(server.world, lease.vm, (vm) => ({ changeVersion: newerVersion(vm) }));
      return;
    case 'byte-altered':
    case 'rest-lost':
      return;
    default:
      incident satisfies never;
  }
};

const altered = (chunk: Buffer, at: number): Buffer => {
  const copy = Buffer.from(chunk);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
};

/**
 * Carries a file piece by piece in lab time, and lets happen on the way what was ordered.
 * @throws AppError as {@link checkLease}, and what the source throws
 */
export async function* carry(
  line: TransferLine,
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const { server, gate, lease, vmName, way, bytes, realBytes } = line;
  const check = (): void => checkLease(gate, lease, vmName, signal);
  const order = server.faults.take('next-transfer', server.world.site, (fault) => (fault.way ?? way) === way);
  const waiting = [...(order?.incidents ?? [])].sort((one, other) => one.atByte - other.atByte);
  const msPerByte = realBytes === null || bytes === 0 ? 0 : copyDurationMs(realBytes) / server.pace.speed / bytes;
  let carried = 0;
  let lost = false;

  for await (const chunk of source) {
    check();
    await gate.delay(chunk.length * msPerByte, signal);
    check();
    let arriving = chunk;
    while (waiting[0] !== undefined && Math.min(waiting[0].atByte, bytes - 1) < carried + chunk.length) {
      const [incident] = waiting.splice(0, 1) as [TransferIncident];
      const at = Math.max(0, Math.min(incident.atByte, bytes - 1) - carried);
      meet(line, incident);
      check();
      if (incident.kind === 'byte-altered') arriving = altered(arriving, at);
      else if (incident.kind === 'rest-lost') {
        lost = true;
        if (at > 0) yield arriving.subarray(0, at);
      }
    }
    if (!lost) yield arriving;
    carried += chunk.length;
  }
}
