import { entityId, nativeIdOf } from '../../../../shared/domain/ids.ts';
import type { PlatformObjection } from '../../port.ts';
import type { ImportLease, ImportRequest } from '../../transfer.ts';
import { type ManagedRef, nativeIdOfRef, refOfNativeId } from '../managed-ref.ts';
import { objectionsIn } from '../objections.ts';
import { createImportSpec, importVApp } from '../requests/ovf-requests.ts';
import type { SoapRequest } from '../requests/xml-writer.ts';
import type { ApiSession } from '../transport/api-session.ts';
import { readAnswer, textOf } from '../transport/soap-answer.ts';
import { localizedFault, VimFault } from '../transport/soap-fault.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { flagAt, listAt, serverName, textAt } from '../xml/xml-values.ts';
import { ovfManagerOf } from './descriptor.ts';
import { holdLease, type LeaseKeeping, type Upload } from './held-lease.ts';
import { type ImportPlace, importFolder, importPlace } from './import-place.ts';
import { importSpecOf, networkNamesIn } from './import-spec.ts';
import type { LeaseFile } from './lease-info.ts';

/** What the server says to an import, without doing it. @throws as {@link importPlace} */
export const checkImport = async (
  session: ApiSession,
  request: Omit<ImportRequest, 'instanceUuid' | 'files' | 'parent'>,
  signal: AbortSignal,
): Promise<readonly PlatformObjection[]> => {
  const place = await importPlace(session, request, signal);
  return objectionsIn(await session.call(specRequest(session, request, place), { signal }));
};

const specRequest = (
  session: ApiSession,
  { descriptor, vmName, networks }: Pick<ImportRequest, 'descriptor' | 'vmName' | 'networks'>,
  place: ImportPlace,
): SoapRequest =>
  createImportSpec(ovfManagerOf(session), {
    descriptor,
    pool: place.pool,
    datastore: place.datastore,
    host: place.host,
    name: serverName(vmName),
    networks: networkMapping(descriptor, networks, place),
  });

/** Each network of the descriptor to the one that was named for it, else to the one of its name that is there. */
const networkMapping = (
  descriptor: string,
  networks: ImportRequest['networks'],
  place: ImportPlace,
): readonly { readonly name: string; readonly network: ManagedRef }[] =>
  networkNamesIn(descriptor).flatMap((name) => {
    const given = networks.find((each) => each.name === name);
    const network = given === undefined ? place.networks.get(name) : refOfNativeId(nativeIdOf(given.network));
    return network ? [{ name, network }] : [];
  });

/**
 * Lets the server make a VM and wait for its files.
 * @throws as {@link importPlace} and {@link holdLease}; VimFault for what the server says is wrong with the descriptor
 */
export const openImport = async (
  keeping: LeaseKeeping,
  request: ImportRequest,
  signal: AbortSignal,
): Promise<ImportLease> => {
  const { session, site } = keeping;
  const place = await importPlace(session, request, signal);
  const folder = await importFolder(session, request, place, signal);
  const { spec, items } = await readSpec(keeping, request, place, signal);
  const begin = importVApp(place.pool, spec, folder, place.host);
  const lease = await holdLease(keeping, begin, request.vmName, signal);
  const places = items.flatMap((item): readonly UploadPlace[] => {
    const file = lease.info.files.find(({ importKey }) => importKey === item.deviceId);
    return file === undefined ? [] : [{ ...item, file }];
  });

  return {
    vm: entityId(site.id, nativeIdOfRef(lease.info.vm)),
    wanted: places.map(({ path }) => path),
    checksum: lease.checksum,
    write: async (file, source, stop) => {
      const to = places.find(({ path }) => path === file.name);
      if (to === undefined) throw new Error(`the server does not want ${file.name}`);
      await lease.write(to.file, file.name, { source, bytes: file.bytes, ...wayToSend(to) }, stop);
    },
    report: lease.report,
    counts: async (stop) =>
      (await lease.counts(stop)).flatMap((count) => {
        const of = places.find(({ file }) => file.key === count.key);
        return of === undefined ? [] : [{ ...count, key: of.path }];
      }),
    complete: lease.complete,
    abort: lease.abort,
  };
};

/** A file the server wants for a device (OvfFileItem). */
interface FileItem {
  readonly deviceId: string;
  /** As the descriptor names it. */
  readonly path: string;
  /** It is put beside the VM as it is, instead of being made a disk of. */
  readonly create: boolean;
}

interface UploadPlace extends FileItem {
  readonly file: LeaseFile;
}

const wayToSend = ({ create }: FileItem): Pick<Upload, 'method' | 'headers'> =>
  create
    ? { method: 'PUT', headers: { overwrite: 't', 'content-type': 'application/octet-stream' } }
    : { method: 'POST', headers: { 'content-type': 'application/x-vnd.vmware-streamVmdk' } };

const readSpec = async (
  { session, site }: LeaseKeeping,
  request: ImportRequest,
  place: ImportPlace,
  signal: AbortSignal,
): Promise<{ readonly spec: string; readonly items: readonly FileItem[] }> => {
  const asked = specRequest(session, request, place);
  const answer = await session.fetch(asked, { signal });
  const { address, port } = site;
  const result = readAnswer(answer, { address, port, operation: asked.method, phase: 'session' });
  const [error] = listAt(result, 'error');
  if (error !== undefined) throw localizedFault(error);
  const vm = { name: serverName(request.vmName), instanceUuid: request.instanceUuid };
  const spec = importSpecOf(textOf(answer), vm);
  if (spec === null) throw new VimFault('OvfImport', 'The server made no specification out of the descriptor.', {});
  return { spec, items: listAt(result, 'fileItem').map(fileItem) };
};

const fileItem = (item: XmlValue): FileItem => ({
  deviceId: textAt(item, 'deviceId') ?? '',
  path: textAt(item, 'path') ?? '',
  create: flagAt(item, 'create') ?? false,
});
