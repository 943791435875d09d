import { describe, expect, test } from 'vitest';
import type { HypervisorSession, PlatformObjection } from '../../../electron/hypervisors/port.ts';
import { createGuard, type GuardParts } from '../../../electron/migration/guard.ts';
import { nothingSaid } from '../../../shared/domain/annotation.ts';
import type { ImageRecord } from '../../../shared/domain/evacuation.ts';
import { taskId } from '../../../shared/domain/ids.ts';
import type { Entity } from '../../../shared/domain/inventory.ts';
import type { Move } from '../../../shared/domain/migration.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { anEvacuationPlan } from '../../support/cold-moves.ts';
import {
  aCluster,
  aDatastore,
  aHost,
  aMove,
  aNetwork,
  aPool,
  aSite,
  aSwitch,
  aVm,
  defaultSite,
  destinationOf,
  inventoryOf,
} from '../../support/inventory-builders.ts';

const never = new AbortController().signal;
const readBefore = 1_000;
const now = 2_000;

const cluster = aCluster();
const network = aNetwork();
const host = aHost({ cluster: cluster.id, networks: [network.id], datastores: [aDatastore().id] });
const pool = aPool({ owner: cluster.id });
const pool2 = aPool({ name: 'pool-02', owner: cluster.id });
const vm = aVm();
const everything: readonly Entity[] = [cluster, host, pool, pool2, vm, network, aSwitch(), aDatastore()];
const move = aMove(vm, destinationOf(pool2));

interface Situation {
  /** What the inventory knows. */
  readonly known?: readonly Entity[];
  /** What the server says now; undefined: the site is not connected. */
  readonly live?: readonly Entity[];
  readonly readFails?: Error;
  readonly objections?: readonly PlatformObjection[] | Error;
  readonly parts?: Partial<GuardParts>;
}

const aGuard = ({ known = everything, live, readFails, objections = [], parts = {} }: Situation) => {
  const asked: Move[] = [];
  const session = {
    site: defaultSite,
    readEntities: async (ids) => {
      if (readFails !== undefined) throw readFails;
      return (live ?? []).filter((entity) => ids.includes(entity.id));
    },
    checkMove: async (asking) => {
      asked.push(asking);
      if (objections instanceof Error) throw objections;
      return objections;
    },
  } satisfies Partial<HypervisorSession> as unknown as HypervisorSession;
  const guard = createGuard({
    known: {
      view: () => inventoryOf(...known),
      facts: (ids) =>
        known.flatMap((entity) =>
          entity.kind === 'virtual-machine' && ids.includes(entity.id) ? [{ vm: entity, readAt: readBefore }] : [],
        ),
      readAt: () => readBefore,
    },
    session: () => (live === undefined && readFails === undefined ? null : session),
    siteName: () => aSite().name,
    platformOf: () => 'vmware',
    vmsNamed: () => [vm.id],
    learnAddresses: async () => undefined,
    wholeImage: async () => null,
    folderSpace: () => Promise.reject(new Error('no folder is asked about')),
    vmsWithMac: () => [vm.id],
    managerSupportsDynamicMemory: () => true,
    said: () => nothingSaid,
    maxFactAgeMs: 60_000,
    now: () => now,
    ...parts,
  });
  return { guard, asked };
};

const lost = (): AppError => new AppError('connection-lost', { address: 'vc', reason: 'reset' });
const codes = (findings: readonly { readonly code: string }[]) => findings.map(({ code }) => code);

describe('a check for people', () => {
  test('rests on what the server says now, not on what was read before', async () => {
    const { guard } = aGuard({
      live: everything.map((entity) => (entity === vm ? { ...vm, pool: pool2.id } : entity)),
    });
    const { findings, checkedAt } = await guard.check([move], 1, never);
    expect(codes(findings)).toEqual(['D3']);
    expect(findings[0]?.factReadAt).toBe(now);
    expect(checkedAt).toBe(now);
  });

  test('finds nothing where nothing is, and has asked the platform too', async () => {
    const { guard, asked } = aGuard({ live: everything });
    expect((await guard.check([move], 1, never)).findings).toEqual([]);
    expect(asked).toEqual([move]);
  });

  test('passes on what the platform objects to, with the name of the host', async () => {
    const objections = [
      { severity: 'error', fault: 'RDMNotSupported', message: 'An RDM.', host: host.id },
      { severity: 'warning', fault: 'NoGuestHeartbeat', message: 'No heartbeat.', host: null },
    ] as const;
    const { guard } = aGuard({ live: everything, objections });
    const { findings } = await guard.check([move], 1, never);
    expect(findings).toMatchObject([
      { ruleId: 'X20', severity: 'blocker', evidence: { fault: 'RDMNotSupported', host: host.name } },
      { ruleId: 'X20', severity: 'warning', evidence: { fault: 'NoGuestHeartbeat', host: null } },
    ]);
  });

  test('does not trouble the platform with what our own rules forbid', async () => {
    const stays = aMove(vm, destinationOf(pool));
    const { guard, asked } = aGuard({ live: everything });
    expect(codes((await guard.check([stays], 1, never)).findings)).toEqual(['D3']);
    expect(asked).toEqual([]);
  });

  test('says so when the platform cannot check, and blocks nothing for it', async () => {
    const objections = new AppError('no-privilege', { privilege: 'System.View', object: 'vm' });
    const { findings } = await aGuard({ live: everything, objections }).guard.check([move], 1, never);
    expect(findings).toMatchObject([{ code: 'X20-unavailable', severity: 'info' }]);
  });

  test.each<[string, Situation]>([
    ['not connected', {}],
    ['cut off while it is asked', { readFails: lost() }],
    ['cut off while it checks', { live: everything, objections: lost() }],
  ])('takes what was read last where the site is %s, and says so', async (_why, situation) => {
    const { findings } = await aGuard(situation).guard.check([move], 1, never);
    expect(codes(findings)).toEqual(['X20-unavailable']);
  });

  test('tells how old the facts are that it rests on', async () => {
    const { findings } = await aGuard({}).guard.check([aMove(vm, destinationOf(pool))], 1, never);
    expect(findings.find(({ code }) => code === 'D3')?.factReadAt).toBe(readBefore);
  });

  test('calls facts old that are older than was chosen', async () => {
    const { guard } = aGuard({ parts: { maxFactAgeMs: 10 } });
    expect(codes((await guard.check([move], 1, never)).findings)).toContain('X18');
  });

  test('takes where a VM is from the live row, although the file is behind', async () => {
    const row = { ...vm, pool: pool2.id };
    const { guard } = aGuard({
      parts: {
        known: {
          view: () => inventoryOf(...everything.map((entity) => (entity === vm ? row : entity))),
          facts: () => [{ vm, readAt: readBefore }],
          readAt: () => readBefore,
        },
      },
    });
    expect(codes((await guard.check([move], 1, never)).findings)).toContain('D3');
  });

  test('a VM or a pool that is gone is an error', async () => {
    const without = (gone: Entity) => everything.filter((entity) => entity !== gone);
    await expect(aGuard({ live: without(vm) }).guard.check([move], 1, never)).rejects.toMatchObject({
      code: 'vm-gone',
    });
    await expect(aGuard({ live: without(pool2) }).guard.check([move], 1, never)).rejects.toMatchObject({
      code: 'destination-gone',
    });
    await expect(aGuard({ known: without(vm) }).guard.check([move], 1, never)).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('can be cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const { guard } = aGuard({ readFails: new AppError('cancelled', {}) });
    await expect(guard.check([move], 1, abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a method and the power state', () => {
  test('a stopped VM is not moved hot; moved cold, its own precautions are told', async () => {
    const drive = {
      key: '3000',
      label: 'CD/DVD drive 1',
      media: 'image',
      fileName: '[iso] a.iso',
      connected: true,
    } as const;
    const off = { ...vm, powerState: 'off' as const, cdroms: [drive] };
    const live = everything.map((entity) => (entity === vm ? off : entity));
    const { guard } = aGuard({ live });
    const cold = { ...move, method: 'cold-evacuate' as const };
    const found = codes((await guard.check([cold], 1, never)).findings);
    expect(found).toContain('S6');
    expect(found).not.toContain('D5-method');
    const { findings } = await guard.check([move], 1, never);
    expect(findings).toMatchObject([{ code: 'D5-method', evidence: { method: 'hot', powerState: 'off' } }]);
  });

  test('a running VM is not moved cold', async () => {
    const { guard } = aGuard({ live: everything });
    const { findings } = await guard.check([{ ...move, method: 'cold-direct' }], 1, never);
    expect(findings).toMatchObject([{ code: 'D5-method', evidence: { method: 'cold-direct', powerState: 'on' } }]);
  });
});

describe('the last look before a start', () => {
  test('asks the same rules', async () => {
    const { guard } = aGuard({ live: everything });
    expect(await guard.beforeStart(move, never)).toEqual([]);
    expect(codes(await guard.beforeStart(aMove(vm, destinationOf(pool)), never))).toEqual(['D3']);
  });

  test.each<[string, Situation, string]>([
    ['not connected', {}, 'site-not-connected'],
    ['cut off while it is asked', { readFails: lost() }, 'connection-lost'],
    ['cut off while it checks', { live: everything, objections: lost() }, 'connection-lost'],
  ])('never rests on what was read before: %s', async (_why, situation, code) => {
    await expect(aGuard(situation).guard.beforeStart(move, never)).rejects.toMatchObject({ code });
  });
});

describe('the room in the evacuation image folder', () => {
  const off = { ...vm, powerState: 'off' as const };
  const live = everything.map((entity) => (entity === vm ? off : entity));
  const cold: Move = { ...move, method: 'cold-evacuate', evacuation: anEvacuationPlan({ folder: '/evac' }) };
  const space = { path: '/evac', freeBytes: 1, reservedBytes: 0, floorBytes: 0 };
  const ofS9 = (findings: readonly { readonly code: string; readonly ruleId: string }[]) =>
    findings.flatMap(({ ruleId, code }) => (ruleId === 'S9' ? [code] : []));

  test.each<[string, GuardParts['folderSpace'], readonly string[]]>([
    ['too little', async () => space, ['S9']],
    ['enough', async () => ({ ...space, freeBytes: 1e15 }), []],
    [
      'cannot be reached',
      () => Promise.reject(new AppError('folder-unusable', { folder: '/evac', problem: 'unreachable' })),
      ['undetermined'],
    ],
  ])('is read for a check and before a start: %s', async (_what, folderSpace, found) => {
    const { guard } = aGuard({ live, parts: { folderSpace } });
    expect(ofS9((await guard.check([cold], 1, never)).findings)).toEqual(found);
    expect(ofS9(await guard.beforeStart(cold, never, taskId(7)))).toEqual(found);
    const offline = aGuard({ known: live, parts: { folderSpace } });
    expect(ofS9((await offline.guard.check([cold], 1, never)).findings)).toEqual(found);
  });

  test('is not what the task itself has reserved', async () => {
    const asked: unknown[] = [];
    const { guard } = aGuard({
      live,
      parts: {
        folderSpace: async (path, except) => {
          asked.push([path, except]);
          return space;
        },
      },
    });
    await guard.check([cold], 1, never);
    await guard.beforeStart(cold, never, taskId(7));
    expect(asked).toEqual([
      ['/evac', undefined],
      ['/evac', taskId(7)],
    ]);
  });

  test('of a failure that is no answer is never passed over', async () => {
    const { guard } = aGuard({ live, parts: { folderSpace: () => Promise.reject(lost()) } });
    await expect(guard.beforeStart(cold, never)).rejects.toMatchObject({ code: 'connection-lost' });
  });

  test('two folders of one operation are looked at each for itself', async () => {
    const asked = new Set<string>();
    const { guard } = aGuard({
      live: [...live, { ...off, id: aVm({ name: 'db-01' }).id, name: 'db-01' }],
      parts: {
        folderSpace: async (path) => {
          asked.add(path);
          return { ...space, path, freeBytes: path === '/evac' ? 1 : 1e15 };
        },
      },
    });
    const other = aMove(aVm({ name: 'db-01' }), move.destination, {
      method: 'cold-evacuate',
      evacuation: anEvacuationPlan({ folder: '/other' }),
    });
    const { findings } = await guard.check([cold, other], 1, never);
    expect([...asked]).toEqual(['/evac', '/other']);
    expect(findings.filter(({ code }) => code === 'S9')).toMatchObject([{ evidence: { folder: '/evac' } }]);
  });

  test('the platform tries an evacuation without doing it; about a restore it is asked with the image', async () => {
    const folderSpace = async () => ({ ...space, freeBytes: 1e15 });
    const { guard, asked } = aGuard({ live, parts: { folderSpace } });
    await guard.check([cold], 1, never);
    expect(asked).toEqual([cold]);
    const restore = { ...cold, evacuation: anEvacuationPlan({ part: 'restore', image: 'web-01 T-1' }) };
    await expect(guard.check([restore], 1, never)).rejects.toMatchObject({ code: 'image-not-found' });
    expect(asked).toHaveLength(1);
  });

  test('what is restored is what stands in its image, also when nothing is left of it elsewhere', async () => {
    const evacuated = aVm({ name: 'gone-01', powerState: 'off', memoryBytes: 1e15 });
    const record = { vm: evacuated, createdAt: 1 } as ImageRecord;
    const { guard } = aGuard({
      live,
      parts: {
        folderSpace: async () => space,
        wholeImage: async () => ({ record, isSealed: true }),
      },
    });
    const restore = aMove(evacuated, cold.destination, {
      method: 'cold-evacuate',
      evacuation: anEvacuationPlan({ part: 'restore', image: 'gone-01 T-1' }),
    });
    const { findings } = await guard.check([restore], 1, never);
    expect(findings.map(({ code }) => code)).toContain('X11-memory');
  });
});
