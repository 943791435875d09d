import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../../../../electron/hypervisors/port.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import {
  answerBy,
  type Behaviour,
  cutOff,
  type FakeServer,
  fault,
  methodsOf,
  startFakeServer,
} from '../fake-server.ts';
import { faulting, list, retrieved, returning, type ToldObject, text } from '../server-answers.ts';
import { failed, forgotten, running, succeeded } from './two-clusters.ts';

const fix = {
  kind: 'eject-iso',
  vm: asEntityId('fake/VirtualMachine:vm-1'),
  vmName: 'report-01',
  deviceKeys: ['3000'],
} as const;

const cdrom = (backing: string, connected: boolean): string =>
  `<VirtualDevice xsi:type="VirtualCdrom"><key>3000</key><deviceInfo xsi:type="Description"><label>CD/DVD drive 1</label><summary>s</summary></deviceInfo>${backing}<connectable><startConnected>${connected}</startConnected><allowGuestControl>true</allowGuestControl><connected>false</connected></connectable><controllerKey>200</controllerKey><unitNumber>0</unitNumber></VirtualDevice>`;
const iso = cdrom('<backing xsi:type="VirtualCdromIsoBackingInfo"><fileName>[lib] x.iso</fileName></backing>', true);
const empty = cdrom(
  '<backing xsi:type="VirtualCdromRemotePassthroughBackingInfo"><deviceName></deviceName><exclusive>false</exclusive></backing>',
  false,
);

const stopped = (device: string): ToldObject => ({
  type: 'VirtualMachine',
  id: 'vm-1',
  properties: {
    name: text('report-01'),
    'runtime.powerState': text('poweredOff'),
    'config.changeVersion': text('v7'),
    'config.hardware.device': list('VirtualDevice', device),
  },
});

const started = returning('ReconfigVM_Task', '<returnval type="Task">task-7</returnval>');

let server: FakeServer;
let session: HypervisorSession;

/** The drive as the VM has it before and after the request, and what the task is told to be. */
const scene = (after: string, request: Behaviour, ...tasks: readonly Behaviour[]): void => {
  const queue = [...tasks];
  let asked = false;
  server.on('ReconfigVM_Task', (response, call) => {
    asked = true;
    answerBy(request, response, call);
  });
  server.on('RetrievePropertiesEx', (response, call) => {
    const next = queue.length > 1 ? queue.shift() : queue[0];
    const world = retrieved([stopped(asked ? after : iso)]);
    answerBy(call.body.includes('<obj type="Task">') ? (next ?? forgotten) : world, response, call);
  });
};

const apply = () => session.applyFix(fix, new AbortController().signal);
const requests = (): number => methodsOf(server).filter((method) => method === 'ReconfigVM_Task').length;

beforeEach(async () => {
  server = await startFakeServer();
  const timing = { callDeadlineMs: 500, wait: async (_ms: number, signal: AbortSignal) => signal.throwIfAborted() };
  session = await createVsphereAdapter({ timing }).connect(server.site, 'x', new AbortController().signal);
});

afterEach(async () => {
  await session.close();
  await server.close();
});

describe('a change of devices', () => {
  it('is waited for, and proved by what the server says of the device afterwards', async () => {
    scene(empty, started, running(10), running(50), succeeded);
    expect(await apply()).toEqual({
      before: [{ key: '3000', label: 'CD/DVD drive 1', medium: '[lib] x.iso' }],
    });
    expect(requests()).toBe(1);
    expect(server.calls.find(({ method }) => method === 'ReconfigVM_Task')?.body).toContain(
      '<changeVersion>v7</changeVersion>',
    );
  });

  it('counts as done where the server has forgotten the task and the drive is empty', async () => {
    scene(empty, started, forgotten);
    expect((await apply()).before).toHaveLength(1);
  });

  it('is not believed when the drive is as it was', async () => {
    scene(iso, started, succeeded);
    await expect(apply()).rejects.toMatchObject({ code: 'fix-not-possible', data: { why: 'still-there' } });
  });

  it('tells the fault of its task', async () => {
    scene(iso, started, failed('ConcurrentAccess', 'The object was changed by somebody else.'));
    await expect(apply()).rejects.toMatchObject({
      code: 'platform-fault',
      data: { fault: 'ConcurrentAccess', operation: 'ReconfigVM_Task' },
    });
  });

  it('tells that the person may not', async () => {
    scene(
      iso,
      fault(
        faulting(
          'NoPermission',
          'no',
          '<object type="VirtualMachine">vm-1</object><privilegeId>VirtualMachine.Interact.SetCDMedia</privilegeId>',
        ),
      ),
    );
    await expect(apply()).rejects.toMatchObject({
      code: 'no-privilege',
      data: { privilege: 'VirtualMachine.Interact.SetCDMedia', object: 'report-01' },
    });
  });

  it('whose answer is lost is never asked for again', async () => {
    scene(empty, cutOff);
    await expect(apply()).rejects.toMatchObject({ code: 'connection-lost' });
    expect(requests()).toBe(1);
  });

  it('of a VM the server does not know is not asked for', async () => {
    server.on('RetrievePropertiesEx', retrieved([]));
    await expect(apply()).rejects.toMatchObject({ code: 'vm-gone', data: { vmName: 'report-01' } });
    expect(requests()).toBe(0);
  });
});
