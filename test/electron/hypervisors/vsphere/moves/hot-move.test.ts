import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../../../../electron/hypervisors/port.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import type { AppError } from '../../../../../shared/errors/app-error.ts';
import {
  answerBy,
  type Behaviour,
  cutOff,
  type FakeServer,
  fault,
  methodsOf,
  serviceContent,
  silence,
  startFakeServer,
} from '../fake-server.ts';
import { faulting, refTo, retrieved, returning, soap, type ToldObject, text } from '../server-answers.ts';
import {
  failed,
  forgotten,
  move,
  movedInto,
  running,
  started,
  succeeded,
  task,
  toCluster,
  toVApp,
  vm,
  world,
} from './two-clusters.ts';

const unaborted = (): AbortSignal => new AbortController().signal;

let server: FakeServer;
let session: HypervisorSession;
let waits: number[];

const refusal = async (promise: Promise<unknown>): Promise<AppError> => {
  const error = await promise.then(
    () => null,
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ name: 'AppError' });
  return error as AppError;
};

/** Questions about the VM and the destination get the world; those about the task what is given, one after the other. */
const answers = (objects: readonly ToldObject[], ...tasks: readonly Behaviour[]): void => {
  const queue = [...tasks];
  server.on('RetrievePropertiesEx', (response, call) => {
    const aboutTask = call.body.includes('<type>Task</type>');
    const next = queue.length > 1 ? queue.shift() : queue[0];
    answerBy(aboutTask ? (next ?? forgotten) : retrieved(objects), response, call);
  });
};

const connect = async (): Promise<void> => {
  waits = [];
  const timing = {
    callDeadlineMs: 150,
    wait: async (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      waits.push(ms);
    },
  };
  session = await createVsphereAdapter({ timing }).connect(server.site, 'x', unaborted());
};

beforeEach(async () => {
  server = await startFakeServer();
  server.on('RelocateVM_Task', started);
  server.on('MoveIntoResourcePool', movedInto);
  await connect();
});

afterEach(async () => {
  await session.close();
  await server.close();
});

describe('starting a move', () => {
  it('asks for the relocation once, with pool and host', async () => {
    answers(world);
    expect(await session.startRelocation(move(toCluster), unaborted())).toEqual({ id: 'Task:task-7' });
    const [call, ...more] = server.calls.filter(({ method }) => method === 'RelocateVM_Task');
    expect(more).toEqual([]);
    expect(call?.body).toContain(
      '<spec><pool type="ResourcePool">pool-2</pool><host type="HostSystem">host-2</host></spec>',
    );
  });

  it.each([
    ['the VM', world.filter((object) => object !== vm), { code: 'vm-gone', data: { vmName: 'web-01' } }],
    ['the destination', world.slice(0, 4), { code: 'destination-gone', data: { name: 'other' } }],
  ] as const)('tells that %s is gone, and asks for nothing', async (_what, objects, expected) => {
    answers(objects);
    expect(await refusal(session.startRelocation(move(toCluster), unaborted()))).toMatchObject(expected);
    expect(methodsOf(server)).not.toContain('RelocateVM_Task');
  });

  it('tells that the VM went away in between', async () => {
    answers(world);
    const gone = '<obj type="VirtualMachine">vm-1</obj>';
    server.on('RelocateVM_Task', fault(faulting('ManagedObjectNotFound', 'gone', gone)));
    expect(await refusal(session.startRelocation(move(toCluster), unaborted()))).toMatchObject({
      code: 'vm-gone',
      data: { vmName: 'web-01' },
    });
  });

  it('names the missing privilege and the object people know', async () => {
    answers(world);
    const lacking = '<object type="ClusterComputeResource">c-2</object><privilegeId>Resource.HotMigrate</privilegeId>';
    server.on('RelocateVM_Task', fault(faulting('NoPermission', 'no', lacking)));
    expect(await refusal(session.startRelocation(move(toCluster), unaborted()))).toMatchObject({
      code: 'no-privilege',
      data: { privilege: 'Resource.HotMigrate', object: 'other' },
    });
  });

  it('tells any other fault by its name and its sentence', async () => {
    answers(world);
    server.on(
      'RelocateVM_Task',
      fault(faulting('InvalidArgument', 'A specified parameter was not correct: spec.pool')),
    );
    expect(await refusal(session.startRelocation(move(toCluster), unaborted()))).toMatchObject({
      code: 'platform-fault',
      data: {
        fault: 'InvalidArgument',
        message: 'A specified parameter was not correct: spec.pool',
        operation: 'RelocateVM_Task',
      },
    });
  });

  it.each([
    ['the connection is cut', cutOff, 'connection-lost'],
    ['no answer comes', silence, 'server-timeout'],
  ] as const)('leaves open what became of it when %s, and does not ask again', async (_what, behaviour, code) => {
    answers(world);
    server.on('RelocateVM_Task', behaviour);
    expect((await refusal(session.startRelocation(move(toCluster), unaborted()))).code).toBe(code);
    expect(methodsOf(server).filter((method) => method === 'RelocateVM_Task')).toHaveLength(1);
  });

  it('is repeated when the server had ended the session, because then it did nothing', async () => {
    answers(world);
    server.on('RelocateVM_Task', fault(faulting('NotAuthenticated')), started);
    expect(await session.startRelocation(move(toCluster), unaborted())).toEqual({ id: 'Task:task-7' });
  });

  it('refuses adapters and networks that are not there', async () => {
    answers(world);
    const network = asEntityId('fake/Network:network-404');
    for (const [key, named] of [
      ['4000', 'Network:network-404'],
      ['9999', 'network adapter 9999'],
    ] as const) {
      const error = await refusal(
        session.startRelocation(move(toCluster, { networkMap: { [key]: network } }), unaborted()),
      );
      expect(error).toMatchObject({ code: 'not-found', data: { name: named } });
    }
    expect(methodsOf(server)).not.toContain('RelocateVM_Task');
  });
});

describe('a move into a vApp of another cluster', () => {
  const ref = { id: 'Task:task-7 then VirtualMachine:vm-1 into VirtualApp:resgroup-v9' };

  it('is a relocation to the root pool, and then a change of pool', async () => {
    answers(world, running(10), succeeded);
    expect(await session.startRelocation(move(toVApp), unaborted())).toEqual(ref);
    expect(server.calls.at(-1)?.body).toContain('<pool type="ResourcePool">pool-2</pool>');
    expect(await session.followTask(ref, () => undefined, unaborted())).toEqual({ kind: 'succeeded' });
    expect(server.calls.at(-1)?.body).toContain(
      '<_this type="VirtualApp">resgroup-v9</_this><list type="VirtualMachine">vm-1</list>',
    );
  });

  it('may be followed again after it has ended: nothing is done twice', async () => {
    const arrived: ToldObject = { ...vm, properties: { resourcePool: refTo('VirtualApp', 'resgroup-v9') } };
    answers([arrived], succeeded);
    expect(await session.followTask(ref, () => undefined, unaborted())).toEqual({ kind: 'succeeded' });
    expect(methodsOf(server)).not.toContain('MoveIntoResourcePool');
  });

  it('has failed when its second step does, and says at which', async () => {
    answers(world, succeeded);
    server.on('MoveIntoResourcePool', fault(faulting('InsufficientResourcesFault', 'The vApp is full.')));
    expect(await session.followTask(ref, () => undefined, unaborted())).toEqual({
      kind: 'failed',
      error: {
        code: 'platform-fault',
        data: { fault: 'InsufficientResourcesFault', message: 'The vApp is full.', operation: 'MoveIntoResourcePool' },
      },
    });
  });

  it('does not take its second step when the first was cancelled', async () => {
    answers(world, failed('RequestCanceled', 'cancelled'));
    expect(await session.followTask(ref, () => undefined, unaborted())).toEqual({ kind: 'cancelled' });
    expect(methodsOf(server)).not.toContain('MoveIntoResourcePool');
  });
});

describe('following a move', () => {
  const ref = { id: 'Task:task-7' };
  const follow = (told: (number | null)[] = []): ReturnType<HypervisorSession['followTask']> =>
    session.followTask(ref, (percent) => told.push(percent), unaborted());

  it('tells progress when it changes, and null while the server tells none', async () => {
    answers(world, running(), running(), running(5), running(5), running(250), succeeded);
    const told: (number | null)[] = [];
    expect(await follow(told)).toEqual({ kind: 'succeeded' });
    expect(told).toEqual([null, 5, 100]);
  });

  it('looks less and less often', async () => {
    answers(world, ...Array.from({ length: 16 }, () => running(1)), succeeded);
    await follow();
    expect(waits.slice(0, 3)).toEqual([5, 7.5, 11.25]);
    expect(Math.max(...waits)).toBe(1000);
  });

  it('does not know a task that is forgotten, or is none', async () => {
    answers(world, forgotten);
    expect(await follow()).toEqual({ kind: 'unknown' });
    expect(await session.followTask({ id: 'of another platform' }, () => undefined, unaborted())).toEqual({
      kind: 'unknown',
    });
  });

  it('tells a failure with all the server says about it', async () => {
    const detail =
      '<faultCause><fault xsi:type="X"/><localizedMessage>The cause.</localizedMessage></faultCause><faultMessage><key>k</key><message>A particular.</message></faultMessage>';
    answers(world, failed('MigrationFault', 'It failed.', detail));
    expect(await follow()).toEqual({
      kind: 'failed',
      error: {
        code: 'platform-fault',
        data: { fault: 'MigrationFault', message: 'It failed. A particular. The cause.', operation: 'RelocateVM_Task' },
      },
    });
  });

  it('bears a short cut of the network', async () => {
    answers(world, running(1), cutOff, cutOff, running(2), succeeded);
    const told: (number | null)[] = [];
    expect(await follow(told)).toEqual({ kind: 'succeeded' });
    expect(told).toEqual([1, 2]);
  });

  it.each([
    ['connection-lost', cutOff],
    ['server-timeout', silence],
  ] as const)('gives up with %s, and does not say that the move failed', async (code, behaviour) => {
    answers(world, running(1), behaviour);
    expect((await refusal(follow())).code).toBe(code);
  });

  it('does not take the end of its session for the end of the move', async () => {
    answers(world, running(1), fault(faulting('NotAuthenticated')), succeeded);
    expect(await follow()).toEqual({ kind: 'succeeded' });
  });

  it('stops when it is told to; the move does not', async () => {
    const abort = new AbortController();
    answers(world, running(1));
    const watching = session.followTask(ref, () => abort.abort(), abort.signal);
    expect((await refusal(watching)).code).toBe('cancelled');
    expect(methodsOf(server)).not.toContain('CancelTask');
  });
});

describe('cancelling a move', () => {
  const ref = { id: 'Task:task-7' };
  const asked = soap('<CancelTaskResponse xmlns="urn:vim25"></CancelTaskResponse>');

  it.each([
    ['asked', running(3), asked],
    ['already-ended', succeeded, asked],
    ['already-ended', forgotten, asked],
    ['not-cancellable', task('<state>running</state><cancelable>false</cancelable>'), asked],
    ['already-ended', running(3), fault(faulting('InvalidState'))],
    ['already-ended', running(3), fault(faulting('ManagedObjectNotFound'))],
    ['not-cancellable', running(3), fault(faulting('NotSupported'))],
  ] as const)('is %s', async (expected, info, answer) => {
    answers(world, info);
    server.on('CancelTask', answer);
    expect(await session.cancelTask(ref, unaborted())).toBe(expected);
  });

  it('tells a fault that says nothing about the task', async () => {
    answers(world, running(3));
    const lacking = '<object type="VirtualMachine">vm-1</object><privilegeId>Task.Cancel</privilegeId>';
    server.on('CancelTask', fault(faulting('NoPermission', 'no', lacking)));
    expect(await refusal(session.cancelTask(ref, unaborted()))).toMatchObject({
      code: 'no-privilege',
      data: { privilege: 'Task.Cancel' },
    });
  });
});

describe("the server's own check", () => {
  it('tells errors and warnings with the host they are about', async () => {
    const objection = (name: string, named: string): string =>
      `<${name}><fault xsi:type="${named}"/><localizedMessage>${named} it is.</localizedMessage></${name}>`;
    const result = `<CheckResult><vm type="VirtualMachine">vm-1</vm><host type="HostSystem">host-2</host>${objection('warning', 'SnapshotCopyNotSupported')}${objection('error', 'RDMNotSupported')}${objection('error', 'CannotAccessNetwork')}</CheckResult>`;
    answers(world, running(), task(`<state>success</state><result xsi:type="ArrayOfCheckResult">${result}</result>`));
    server.on('CheckRelocate_Task', returning('CheckRelocate_Task', '<returnval type="Task">task-7</returnval>'));
    const where = { host: asEntityId('fake/HostSystem:host-2') };
    expect(await session.checkMove(move(toCluster), unaborted())).toEqual([
      { severity: 'error', fault: 'RDMNotSupported', message: 'RDMNotSupported it is.', ...where },
      { severity: 'error', fault: 'CannotAccessNetwork', message: 'CannotAccessNetwork it is.', ...where },
      { severity: 'warning', fault: 'SnapshotCopyNotSupported', message: 'SnapshotCopyNotSupported it is.', ...where },
    ]);
  });

  it('tells that it could not be carried out', async () => {
    answers(world, failed('NotSupported', 'Not here.'));
    server.on('CheckRelocate_Task', returning('CheckRelocate_Task', '<returnval type="Task">task-7</returnval>'));
    expect(await refusal(session.checkMove(move(toCluster), unaborted()))).toMatchObject({
      code: 'platform-fault',
      data: { fault: 'NotSupported', operation: 'CheckRelocate_Task' },
    });
  });
});

describe('an ESXi host', () => {
  it('is told from others by its hardware, and only pools are changed on it', async () => {
    await session.close();
    server.on('RetrieveServiceContent', serviceContent('HostAgent'));
    const uuid: ToldObject = {
      type: 'HostSystem',
      id: 'ha-host',
      properties: { 'summary.hardware.uuid': text('4c4c4544-0000') },
    };
    server.on('RetrievePropertiesEx', retrieved([uuid]));
    await connect();
    expect(session.about.instanceId).toBe('4c4c4544-0000');

    answers(world);
    expect(await session.checkMove(move(toCluster), unaborted())).toEqual([]);
    expect(await session.startRelocation(move(toCluster), unaborted())).toEqual({ id: 'done' });
    expect(await session.followTask({ id: 'done' }, () => undefined, unaborted())).toEqual({ kind: 'succeeded' });
    expect(await session.cancelTask({ id: 'done' }, unaborted())).toBe('already-ended');
    expect(server.calls.at(-1)?.body).toContain('<_this type="ResourcePool">pool-2</_this>');
  });
});

describe('locating a VM', () => {
  it('finds one that was registered anew by what it kept', async () => {
    server.on('FindAllByUuid', returning('FindAllByUuid', '<returnval type="VirtualMachine">vm-99</returnval>'));
    server.on('RetrievePropertiesEx', (response, { body }) => {
      response.end(retrieved(body.includes('vm-99') ? [{ ...vm, id: 'vm-99' }] : []));
    });
    const id = asEntityId('fake/VirtualMachine:vm-1');
    expect(await session.locate({ id, instanceUuid: '50-aa' }, unaborted())).toEqual({
      host: 'fake/HostSystem:host-1',
      pool: 'fake/ResourcePool:pool-1',
      datastores: ['fake/Datastore:ds-1'],
    });
    expect(await session.locate({ id }, unaborted())).toBeNull();
    server.on('FindAllByUuid', returning('FindAllByUuid', ''));
    expect(await session.locate({ id, instanceUuid: '50-aa' }, unaborted())).toBeNull();
  });
});
