import { Readable } from 'node:stream';
import { createLabAdapter } from '../../electron/hypervisors/lab/lab-adapter.ts';
import { realClock } from '../../electron/hypervisors/lab/lab-clock.ts';
import { siteId } from '../../shared/domain/ids.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { coldActs } from '../contract/cold-image.ts';
import { fileHistory } from './lab-history.ts';

/*
 * A lab in a process of its own: one VM has been restored with other bytes and its source parked, another is being
 * exported, a third imported, when its parent kills it.
 */

const [directory] = process.argv.slice(2);
if (!directory) throw new Error('usage: killed-lab.ts <folder of the history>');

const lab = createLabAdapter({
  clock: realClock,
  speed: Number.POSITIVE_INFINITY,
  largestImageBytes: 128 * 1024,
  history: fileHistory(directory),
});
const site = {
  id: siteId('lab'),
  name: 'lab',
  kind: 'lab-vmware',
  address: '',
  port: 443,
  userName: 'demo',
  pinnedCertificate: null,
} as const;
const { signal } = new AbortController();
const session = await lab.connect(site, '', signal);
const { world } = lab.server(site);
const vmNamed = (name: string): VirtualMachine => {
  for (const entity of world.entities()) {
    if (entity.kind === 'virtual-machine' && entity.name === name) return entity;
  }
  throw new Error(`no ${name}`);
};
const host = [...world.entities()].find(({ name }) => name === 'esx06');
if (host === undefined) throw new Error('no esx06');
const destination = { kind: 'host', id: host.id, name: host.name } as const;
const { exportVm, importVm, request } = coldActs(
  (promise) => promise,
  () => destination,
);

const image = await exportVm(session, vmNamed('payroll-01').id);
lab.faults.arm({ kind: 'next-transfer', way: 'import', incidents: [{ kind: 'byte-altered', atByte: 1 }] });
await importVm(session, image);
await session.parkVm(image.vm.id, 'payroll-01 (parked)', signal);
await session.openExport(vmNamed('report-02').id, signal);
const half = await exportVm(session, vmNamed('scratch-01').id);
const instanceUuid = '6b1c3f0e-7d2b-4c55-9b1e-0123456789ab';
const lease = await session.openImport(request(half, destination, { instanceUuid }), signal);
const [file] = half.files;
if (file !== undefined) await lease.write(file, Readable.from([file.data]), signal);
process.send?.('ready');
setInterval(() => undefined, 1000);
