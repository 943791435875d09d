import type { EntityId } from '../../../../shared/domain/ids.ts';
import type { Descriptor, ExportFile, ExportLease, WrittenFile } from '../../transfer.ts';
import { exportVm } from '../requests/lease-requests.ts';
import { localizedFault } from '../transport/soap-fault.ts';
import { nameOf, readVm } from '../vms/read-vm.ts';
import { listAt } from '../xml/xml-values.ts';
import { describeVm } from './descriptor.ts';
import { exportFiles } from './export-files.ts';
import { holdLease, type LeaseKeeping } from './held-lease.ts';
import type { LeaseFile } from './lease-info.ts';

/**
 * Has a stopped VM handed out.
 * @throws `vm-gone`; as {@link holdLease}
 */
export const openExport = async (keeping: LeaseKeeping, vm: EntityId, signal: AbortSignal): Promise<ExportLease> => {
  const { session } = keeping;
  const found = await readVm(session, vm, ['config.hardware.device', 'layoutEx'], signal);
  const { ref, properties } = found;
  const name = nameOf(found);
  const lease = await holdLease(keeping, exportVm(ref), name, signal);
  const files = exportFiles(lease.info.files, {
    devices: properties['config.hardware.device'],
    layout: properties.layoutEx,
  });

  const remote = ({ key }: ExportFile): LeaseFile => {
    const file = lease.info.files.find((each) => each.key === key);
    if (file === undefined) throw new Error(`the lease has no file ${key}`);
    return file;
  };

  const describe = async (written: readonly WrittenFile[], stop: AbortSignal): Promise<Descriptor> => {
    const described = written.map(({ key, name: path, bytes, capacityBytes }) => ({
      deviceId: key,
      path,
      bytes,
      capacityBytes,
    }));
    const { text, result } = await describeVm(session, { ref, name }, described, stop);
    const [error] = listAt(result, 'error');
    if (error !== undefined) throw localizedFault(error);
    if (text === null) throw new Error('the server wrote no descriptor');
    return { extension: 'ovf', text };
  };

  return {
    files,
    checksum: lease.checksum,
    read: (file, sink, stop) => lease.read(remote(file), file.label, sink, stop),
    report: lease.report,
    counts: lease.counts,
    describe,
    complete: lease.complete,
    abort: lease.abort,
  };
};
