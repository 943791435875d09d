import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HypervisorSession } from '../../../../../electron/hypervisors/port.ts';
import { createVsphereAdapter } from '../../../../../electron/hypervisors/vsphere/vsphere-adapter.ts';
import { asEntityId } from '../../../../../shared/domain/ids.ts';
import {
  answerBy,
  type Behaviour,
  cutOff,
  type FakeServer,
  methodsOf,
  serviceContent,
  startFakeServer,
} from '../fake-server.ts';
import { failed, forgotten, running, succeeded, task } from '../moves/two-clusters.ts';
import { refusal } from '../refusal.ts';
import { data, list, refList, refTo, retrieved, returning, type ToldObject, text } from '../server-answers.ts';
import { unaborted } from '../vcsim-site.ts';

const vm = asEntityId('fake/VirtualMachine:vm-1');

const datacenter: readonly ToldObject[] = [
  { type: 'HostSystem', id: 'host-1', properties: { parent: refTo('Datacenter', 'dc-2') } },
  { type: 'Datacenter', id: 'dc-2', properties: {} },
];

/** A VM as it is told once and then always, or one telling after the other. */
interface Told {
  readonly power?: string;
  readonly question?: string;
  readonly properties?: ToldObject['properties'];
}

const machine = ({ power = 'poweredOff', question, properties }: Told): ToldObject => ({
  type: 'VirtualMachine',
  id: 'vm-1',
  properties: {
    name: text('web-01'),
    'runtime.powerState': text(power),
    runtime: data(
      'VirtualMachineRuntimeInfo',
      `<host type="HostSystem">host-1</host><powerState>${power}</powerState>${question === undefined ? '' : `<question><id>1</id><text>${question}</text></question>`}`,
    ),
    ...properties,
  },
});

let server: FakeServer;
let session: HypervisorSession;

/** What the VM is told to be (null: gone), and what its tasks are, one after the other. */
const scene = (vms: readonly (Told | null)[], tasks: readonly Behaviour[]): void => {
  const [toldVms, toldTasks] = [[...vms], [...tasks]];
  const next = <Item>(queue: Item[]): Item | undefined => (queue.length > 1 ? queue.shift() : queue[0]);
  server.on('RetrievePropertiesEx', (response, call) => {
    if (call.body.includes('<obj type="Task">')) return answerBy(next(toldTasks) ?? forgotten, response, call);
    if (!call.body.includes('<obj type="VirtualMachine">')) return answerBy(retrieved(datacenter), response, call);
    const told = next(toldVms) ?? null;
    answerBy(retrieved(told === null ? [] : [machine(told)]), response, call);
  });
};

const startedTask = (method: string): string => returning(method, '<returnval type="Task">task-7</returnval>');
const times = (method: string): number => methodsOf(server).filter((each) => each === method).length;

const connect = async (): Promise<void> => {
  const timing = { callDeadlineMs: 500, wait: async (_ms: number, signal: AbortSignal) => signal.throwIfAborted() };
  session = await createVsphereAdapter({ timing }).connect(server.site, 'x', unaborted());
};

beforeEach(async () => {
  server = await startFakeServer();
  await connect();
  for (const method of ['ReconfigVM_Task', 'Destroy_Task', 'PowerOnMultiVM_Task', 'PowerOnVM_Task']) {
    server.on(method, startedTask(method));
  }
});

afterEach(async () => {
  await session.close();
  await server.close();
});

const attempted = task(
  '<state>success</state><result xsi:type="ClusterPowerOnVmResult"><attempted><vm type="VirtualMachine">vm-1</vm><task type="Task">task-7</task></attempted></result>',
);

const clusterAnswer = (content: string): Behaviour =>
  task(`<state>success</state><result xsi:type="ClusterPowerOnVmResult">${content}</result>`);

const placement = (host: string, rating: number, prerequisite?: string): string =>
  `<recommendations><key>${host}</key><rating>${rating}</rating><reasonText>Power on on ${host}</reasonText>${prerequisite === undefined ? '' : `<prerequisite>${prerequisite}</prerequisite>`}<action xsi:type="ClusterInitialPlacementAction"><type>placement</type><target type="VirtualMachine">vm-1</target><targetHost type="HostSystem">${host}</targetHost></action></recommendations>`;

describe('powering on', () => {
  it('waits for the task of the VM itself, and until the VM says that it is on', async () => {
    scene([{}, {}, {}, {}, { power: 'poweredOn' }], [running(), attempted, running(), succeeded]);
    await session.powerOnVm(vm, unaborted());
    expect(times('PowerOnMultiVM_Task')).toBe(1);
    expect(server.calls.find(({ method }) => method === 'PowerOnMultiVM_Task')?.body).toContain(
      '<_this type="Datacenter">dc-2</_this><vm type="VirtualMachine">vm-1</vm>',
    );
  });

  it('finds the task at the VM where a cluster places it and names none', async () => {
    const placed = clusterAnswer('<attempted><vm type="VirtualMachine">vm-1</vm></attempted>');
    const tasks = (...ids: readonly string[]): Told => ({
      properties: { recentTask: refList(...ids.map((id) => ['Task', id] as const)) },
    });
    scene([tasks('task-1'), {}, tasks('task-1', 'task-7')], [placed, failed('NoCompatibleHost', 'No host will do.')]);
    expect(await refusal(session.powerOnVm(vm, unaborted()))).toMatchObject({ data: { fault: 'NoCompatibleHost' } });
    expect(server.calls.some(({ body }) => body.includes('<obj type="Task">task-1</obj>'))).toBe(false);
  });

  it.each<readonly [string, readonly string[], string]>([
    ['the host the VM is on', [placement('host-2', 5), placement('host-1', 1)], 'host-1'],
    ['the best of others', [placement('host-2', 3), placement('host-3', 4)], 'host-3'],
    ['one for which nothing has to be done first', [placement('host-2', 5, 'key-9'), placement('host-3', 1)], 'host-3'],
  ])('takes from a cluster in manual mode %s', async (_what, recommendations, host) => {
    scene([{}, {}, { power: 'poweredOn' }], [clusterAnswer(recommendations.join('')), running()]);
    await session.powerOnVm(vm, unaborted());
    expect(server.calls.find(({ method }) => method === 'PowerOnVM_Task')?.body).toContain(
      `<_this type="VirtualMachine">vm-1</_this><host type="HostSystem">${host}</host>`,
    );
    expect([times('PowerOnMultiVM_Task'), times('PowerOnVM_Task')]).toEqual([1, 1]);
  });

  it('asks the VM itself on a server that is one host', async () => {
    await session.close();
    server.on('RetrieveServiceContent', serviceContent('HostAgent'));
    scene([{}, { power: 'poweredOn' }], [succeeded]);
    await connect();
    await session.powerOnVm(vm, unaborted());
    expect([times('PowerOnVM_Task'), times('PowerOnMultiVM_Task')]).toEqual([1, 0]);
  });

  it.each<readonly [string, readonly Told[], readonly Behaviour[], object]>([
    [
      'a question only a person can answer',
      [{}, {}, { question: 'Was it moved or copied?' }],
      [attempted, running()],
      { fault: 'VmQuestionPending', message: 'Was it moved or copied?' },
    ],
    [
      'a failure of the task',
      [{}],
      [attempted, failed('InsufficientMemoryResourcesFault', 'No memory is left.')],
      { fault: 'InsufficientMemoryResourcesFault', message: 'No memory is left.' },
    ],
    [
      'a VM that no host was found for',
      [{}],
      [
        task(
          '<state>success</state><result xsi:type="ClusterPowerOnVmResult"><notAttempted><vm type="VirtualMachine">vm-1</vm><fault><fault xsi:type="NoCompatibleHost"/><localizedMessage>No host is compatible.</localizedMessage></fault></notAttempted></result>',
        ),
      ],
      { fault: 'NoCompatibleHost', message: 'No host is compatible.' },
    ],
    [
      'a recommendation that names no host',
      [{}],
      [
        task(
          '<state>success</state><result xsi:type="ClusterPowerOnVmResult"><recommendations><key>1</key><reasonText>Power on on host-2</reasonText></recommendations></result>',
        ),
      ],
      { fault: 'RecommendationPending', message: 'Power on on host-2' },
    ],
    ['a VM that stays off though all went well', [{}], [attempted, succeeded], { fault: 'InvalidPowerState' }],
  ])('tells %s', async (_what, vms, tasks, told) => {
    scene(vms, tasks);
    expect(await refusal(session.powerOnVm(vm, unaborted()))).toMatchObject({ code: 'platform-fault', data: told });
  });

  it('does nothing to a VM that is on', async () => {
    scene([{ power: 'poweredOn' }], []);
    await session.powerOnVm(vm, unaborted());
    expect(times('PowerOnMultiVM_Task')).toBe(0);
  });
});

describe('an act on a VM', () => {
  const acts: readonly (readonly [string, string, () => Promise<void>])[] = [
    ['parking', 'ReconfigVM_Task', () => session.parkVm(vm, 'parked', unaborted())],
    ['taking parking back', 'ReconfigVM_Task', () => session.unparkVm(vm, 'as before', unaborted())],
    [
      'identifying',
      'ReconfigVM_Task',
      () => session.restoreIdentity(vm, { biosUuid: '564d', adapters: [] }, unaborted()),
    ],
    ['deleting', 'Destroy_Task', () => session.destroyVm(vm, unaborted())],
    ['powering on', 'PowerOnMultiVM_Task', () => session.powerOnVm(vm, unaborted())],
  ];

  it.each(acts)('is asked for once, also when the answer is lost: %s', async (_what, method, act) => {
    scene([{}], []);
    server.on(method, cutOff);
    expect((await refusal(act())).code).toBe('connection-lost');
    expect(times(method)).toBe(1);
  });

  it.each(acts)('fails with what its task failed with: %s', async (_what, _method, act) => {
    scene([{}], [running(40), failed('FileFault', 'A file is in use.')]);
    expect(await refusal(act())).toMatchObject({ code: 'platform-fault', data: { fault: 'FileFault' } });
  });

  it.each(acts)(
    'is not believed to be done when the server has forgotten its task: %s',
    async (_what, _method, act) => {
      scene([{}], [forgotten]);
      expect((await refusal(act())).code).toBe('platform-fault');
    },
  );

  it('is no failure when the VM was deleted by somebody else meanwhile', async () => {
    const gone = failed('ManagedObjectNotFound', 'It is gone.');
    scene([{}, null], [gone]);
    await session.destroyVm(vm, unaborted());
    scene([{}], [gone]);
    expect((await refusal(session.destroyVm(vm, unaborted()))).code).toBe('platform-fault');
  });
});

describe('what is so already', () => {
  const parked = (hold: boolean): Told => ({
    properties: {
      name: text('parked 50%25'),
      'config.bootOptions': data('VirtualMachineBootOptions', `<enterBIOSSetup>${hold}</enterBIOSSetup>`),
    },
  });

  it('is not asked for again: parking and taking it back', async () => {
    scene([parked(true)], [succeeded]);
    await session.parkVm(vm, 'parked 50%', unaborted());
    scene([parked(false)], [succeeded]);
    await session.unparkVm(vm, 'parked 50%', unaborted());
    expect(times('ReconfigVM_Task')).toBe(0);
    await session.parkVm(vm, 'parked 50%', unaborted());
    expect(times('ReconfigVM_Task')).toBe(1);
  });

  const card = (key: number, label: string, mac: string, kind = 'manual'): string =>
    `<VirtualDevice xsi:type="VirtualVmxnet3"><key>${key}</key><deviceInfo><label>${label}</label></deviceInfo><backing xsi:type="X"/><addressType>${kind}</addressType><macAddress>${mac}</macAddress></VirtualDevice>`;
  const withCards = (...cards: readonly string[]): Told => ({
    properties: { 'config.uuid': text('564d'), 'config.hardware.device': list('VirtualDevice', ...cards) },
  });
  const identify = (...adapters: readonly (readonly [label: string, macAddress: string])[]) =>
    session.restoreIdentity(
      vm,
      {
        biosUuid: '564d',
        adapters: adapters.map(([label, macAddress]) => ({ label, macAddress, network: null })),
      },
      unaborted(),
    );
  const changed = (): readonly string[] =>
    [...(server.calls.at(-2)?.body ?? '').matchAll(/<key>(\d+)<\/key>.*?<macAddress>(.*?)</g)].map(
      ([, key, mac]) => `${key} ${mac}`,
    );

  it('is not asked for again: what a VM already is', async () => {
    scene([withCards(card(4000, 'Network adapter 1', 'AA:01'))], [succeeded]);
    await identify(['Network adapter 1', 'aa:01']);
    expect(times('ReconfigVM_Task')).toBe(0);
  });

  it('fixes an address the server had chosen, and changes nothing else', async () => {
    const cards = [card(4000, 'Network adapter 1', 'aa:01'), card(4001, 'Network adapter 2', 'aa:02', 'assigned')];
    scene([withCards(...cards)], [succeeded]);
    await identify(['Network adapter 1', 'aa:01'], ['Network adapter 2', 'aa:02']);
    expect(changed()).toEqual(['4001 aa:02']);
  });

  it('goes by the labels of adapters where they tell them apart, else by their order', async () => {
    scene([withCards(card(4000, 'B', '00'), card(4001, 'A', '00'))], [succeeded]);
    await identify(['A', 'aa:01'], ['B', 'aa:02']);
    expect(changed()).toEqual(['4001 aa:01', '4000 aa:02']);
    await identify(['eth0', 'aa:01'], ['A', 'aa:02']);
    expect(changed()).toEqual(['4000 aa:01', '4001 aa:02']);
  });

  it('needs every adapter to be there', async () => {
    scene([withCards(card(4000, 'A', '00'))], []);
    expect(await refusal(identify(['A', 'aa:01'], ['B', 'aa:02']))).toMatchObject({
      code: 'not-found',
      data: { name: 'B' },
    });
    expect(times('ReconfigVM_Task')).toBe(0);
  });
});
