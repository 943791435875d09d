import type { Site } from '../../../../shared/domain/site.ts';
import { AppError, hasCode } from '../../../../shared/errors/app-error.ts';
import type { ByteSink, ChecksumKind, PlatformCount } from '../../transfer.ts';
import { sentenceOf } from '../fault-mapping.ts';
import { readProperties } from '../inventory/read-properties.ts';
import type { ManagedRef } from '../managed-ref.ts';
import { told } from '../mapping/readers.ts';
import {
  abortLease,
  completeLease,
  leaseManifest,
  leaseProgress,
  setChecksumType,
} from '../requests/lease-requests.ts';
import type { SoapRequest } from '../requests/xml-writer.ts';
import { pauses, type Timing } from '../timing.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { downloadFile } from '../transport/download-file.ts';
import type { TransferOptions } from '../transport/file-transfer.ts';
import type { CallOptions } from '../transport/soap-client.ts';
import { localizedFault, VimFault } from '../transport/soap-fault.ts';
import { type UploadOptions, uploadFile } from '../transport/upload-file.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { asList, asRef, asText, numberAt, textAt } from '../xml/xml-values.ts';
import { openLeaseHosts } from './lease-hosts.ts';
import { type LeaseFile, type LeaseInfo, leaseInfoOf } from './lease-info.ts';

export interface LeaseKeeping {
  readonly session: ApiSession;
  readonly site: Site;
  readonly timing: Timing;
  /** Aborts, with the error that says so, when the console lets go of the server. */
  readonly closing: AbortSignal;
}

/** A lease of the server that is ready, and is kept alive until it is completed or aborted. */
export interface HeldLease {
  readonly info: LeaseInfo;
  /** What the server counts. */
  readonly checksum: ChecksumKind;
  /** @throws as {@link downloadFile}; `lease-lost` */
  read(file: LeaseFile, label: string, sink: ByteSink, signal: AbortSignal): Promise<void>;
  /** @throws as {@link uploadFile}; `lease-lost` */
  write(file: LeaseFile, label: string, what: Upload, signal: AbortSignal): Promise<void>;
  /** 0-100, told with the next sign of life. */
  report(percent: number): void;
  /** Of what was transferred so far; nothing from a server that does not count. @throws `lease-lost` */
  counts(signal: AbortSignal): Promise<readonly PlatformCount[]>;
  /** @throws `lease-lost` */
  complete(signal: AbortSignal): Promise<void>;
  /** Never rejects. */
  abort(): Promise<void>;
}

export type Upload = Pick<UploadOptions, 'source' | 'bytes' | 'method' | 'headers'>;

/** Signs of life in the time a lease lives without one, so that some may get lost. */
const signsInTime = 6;

/**
 * Begins a lease, waits until it is ready and keeps it alive from then on. A lease belongs to a log-in: when that ends,
 * the lease is lost. The request is never repeated: it may have arrived.
 * @throws VimFault for what the server says went wrong; what calls throw. Then the lease is given up.
 */
export const holdLease = async (
  keeping: LeaseKeeping,
  request: SoapRequest,
  vmName: string,
  signal: AbortSignal,
): Promise<HeldLease> => {
  const { session, closing } = keeping;
  // Not cut short: a lease nobody knows would hold the VM until it times out.
  const lease = asRef(await session.call(request, { signal: closing, once: true }));
  if (lease === undefined) throw new Error('the server named no lease');
  try {
    const info = await untilReady(keeping, lease, signal);
    return held(keeping, lease, vmName, info, await agreeOnChecksum(keeping, lease, info, signal));
  } catch (error) {
    await giveUp(keeping, lease);
    throw error;
  }
};

const untilReady = async (
  { session, timing }: LeaseKeeping,
  lease: ManagedRef,
  signal: AbortSignal,
): Promise<LeaseInfo> => {
  const pause = pauses(timing);
  for (;;) {
    const { state, error, info } = await readLease(session, lease, signal);
    if (state === 'error' || state === undefined) throw error ?? gone();
    if (state === 'ready' && info !== null) return info;
    await pause(signal);
  }
};

/**
 * Asks for SHA-256, which the console counts anyhow. Servers before 6.7 count SHA-1 alone, and so does one that refuses.
 * @see HttpNfcLeaseSetManifestChecksumType: "Should be set before any transfer starts."
 */
const agreeOnChecksum = async (
  { session }: LeaseKeeping,
  lease: ManagedRef,
  { files }: LeaseInfo,
  signal: AbortSignal,
): Promise<ChecksumKind> => {
  try {
    await session.raw.call(
      setChecksumType(
        lease,
        files.map(({ key }) => key),
        'sha256',
      ),
      { signal },
    );
    return 'sha256';
  } catch (error) {
    if (error instanceof VimFault) return 'sha1';
    throw error;
  }
};

const gone = (): VimFault => new VimFault('ManagedObjectNotFound', 'The lease is gone.', {});

interface LeaseState {
  /** Undefined for a lease the server does not know (any more). */
  readonly state: string | undefined;
  readonly error: VimFault | null;
  readonly info: LeaseInfo | null;
}

const readLease = async (session: ApiSession, lease: ManagedRef, signal: AbortSignal): Promise<LeaseState> => {
  const filter = {
    properties: [{ type: 'HttpNfcLease', paths: ['state', 'error', 'info'] }],
    objects: [{ object: lease }],
    ignoreMissing: true,
  };
  const { properties = {} } = (await readProperties(session, filter, signal)).get(lease) ?? {};
  return {
    state: asText(properties.state),
    error: properties.error === undefined ? null : localizedFault(properties.error),
    info: leaseInfoOf(properties.info),
  };
};

/** Never rejects: a lease that cannot be reached ends by itself. */
const giveUp = async ({ session, closing }: LeaseKeeping, lease: ManagedRef): Promise<void> => {
  // Calls in the log-in the lease belongs to: in another one there is nothing to abort.
  await session.raw.call(abortLease(lease), { signal: closing }).catch(() => undefined);
};

const held = (
  keeping: LeaseKeeping,
  lease: ManagedRef,
  vmName: string,
  info: LeaseInfo,
  checksum: ChecksumKind,
): HeldLease => {
  const { session, site, timing, closing } = keeping;
  const over = new AbortController();
  const ends = AbortSignal.any([over.signal, closing]);
  const hosts = openLeaseHosts(site, { connectTimeoutMs: timing.connectTimeoutMs, cookie: () => session.cookie() });
  const forget = session.beforeLogout(async (signal) => {
    await session.raw.call(abortLease(lease), { signal });
  });
  let percent = 0;

  const end = (reason: AppError): void => {
    if (over.signal.aborted) return;
    over.abort(reason);
    forget();
  };
  ends.addEventListener('abort', () => hosts.close(), { once: true });

  const lose = (cause: VimFault | null): AppError => {
    const reason = cause === null ? 'no answer' : sentenceOf(cause);
    end(new AppError('lease-lost', { vmName, reason }, cause ?? undefined));
    return over.signal.reason as AppError;
  };

  /** Looks whether it still is, after something failed that may have failed for this. Null when it is, or nobody knows. */
  const lost = async (fault: VimFault | null): Promise<AppError | null> => {
    const found = await readLease(session, lease, ends).catch(() => null);
    if (over.signal.aborted) return over.signal.reason as AppError;
    // The lease itself says best why it ended.
    return found === null || found.state === 'ready' ? null : lose(found.error ?? fault ?? gone());
  };

  /** A call about the lease. @throws `lease-lost`, VimFault, and what calls throw */
  const tell = async (request: SoapRequest, options: CallOptions): Promise<XmlValue | undefined> => {
    if (over.signal.aborted) throw over.signal.reason;
    try {
      return await session.raw.call(request, options);
    } catch (error) {
      throw error instanceof VimFault ? ((await lost(error)) ?? error) : error;
    }
  };

  const keepAlive = async (): Promise<void> => {
    const pause = Math.min(timing.leaseProgressMs, info.timeoutMs / signsInTime);
    const deadlineMs = Math.min(timing.callDeadlineMs, info.timeoutMs);
    let unheard = 0;
    while (!ends.aborted) {
      await timing.wait(pause, ends);
      try {
        await tell(leaseProgress(lease, percent), { signal: ends, deadlineMs, once: true });
        unheard = 0;
      } catch {
        unheard += 1;
        if (unheard * pause >= info.timeoutMs) lose(null);
      }
    }
  };
  // Ended by the signal it waits with.
  keepAlive().catch(() => undefined);

  const transfer = (file: LeaseFile, label: string, signal: AbortSignal): TransferOptions => ({
    file: hosts.remote(file),
    vmName,
    label,
    answerMs: timing.transferAnswerMs,
    signal: AbortSignal.any([ends, signal]),
  });

  /** A host that refuses or hangs up may do so because the lease is no more. */
  const orLeaseLost = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (over.signal.aborted) throw over.signal.reason;
    try {
      return await work();
    } catch (error) {
      const atTheHost = hasCode(error, 'transfer-broken') || hasCode(error, 'connection-lost');
      throw atTheHost ? ((await lost(null)) ?? error) : error;
    }
  };

  return {
    info,
    checksum,
    read: (file, label, sink, signal) => orLeaseLost(() => downloadFile(transfer(file, label, signal), sink)),
    write: (file, label, what, signal) => orLeaseLost(() => uploadFile({ ...transfer(file, label, signal), ...what })),
    report: (now) => {
      percent = Math.min(100, Math.max(0, Math.floor(now)));
    },
    counts: async (signal) => {
      try {
        return asList(await tell(leaseManifest(lease), { signal })).map(countOf);
      } catch (error) {
        if (error instanceof VimFault && isUnknownMethod(error)) return [];
        throw error;
      }
    },
    complete: async (signal) => {
      await tell(leaseProgress(lease, 100), { signal });
      // From here on it may be complete, and is not aborted any more just because the console closes.
      forget();
      await tell(completeLease(lease), { signal, once: true });
      end(new AppError('lease-lost', { vmName, reason: 'completed' }));
    },
    abort: async () => {
      const alive = !over.signal.aborted;
      end(new AppError('lease-lost', { vmName, reason: 'aborted' }));
      if (alive) await giveUp(keeping, lease);
    },
  };
};

/** What servers answer that do not have a method. */
const unknownMethods = new Set(['MethodNotFound', 'NotSupported', 'NotImplemented']);
const isUnknownMethod = ({ fault }: VimFault): boolean => unknownMethods.has(fault);

/** Newer servers tell one checksum with its kind, older ones SHA-1 alone (HttpNfcLeaseManifestEntry). */
const countOf = (entry: XmlValue): PlatformCount => {
  const kind = textAt(entry, 'checksumType')?.toLowerCase();
  const checksum = textAt(entry, 'checksum');
  return {
    key: textAt(entry, 'key') ?? '',
    ...told({
      bytes: numberAt(entry, 'size'),
      sha1: hexadecimal(textAt(entry, 'sha1'), 40) ?? (kind === 'sha1' ? hexadecimal(checksum, 40) : undefined),
      sha256: kind === 'sha256' ? hexadecimal(checksum, 64) : undefined,
    }),
  };
};

/** Undefined for what is no checksum: some servers leave one empty that they do not know. */
const hexadecimal = (text: string | undefined, digits: number): string | undefined =>
  text?.length === digits && /^[0-9a-f]+$/i.test(text) ? text.toLowerCase() : undefined;
