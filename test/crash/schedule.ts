import { mkdirSync } from 'node:fs';
import { digestOf } from '../../electron/hypervisors/lab/cold/disk-content.ts';
import type { LabWorld } from '../../electron/hypervisors/lab/lab-world.ts';
import { destroyVm, powerVm } from '../../electron/hypervisors/lab/world-acts.ts';
import type { HypervisorSession } from '../../electron/hypervisors/port.ts';
import type { RecoveryAction } from '../../shared/domain/evacuation.ts';
import type { TaskId } from '../../shared/domain/ids.ts';
import { isOpen, type TaskState, type TaskView } from '../../shared/domain/task.ts';
import { type ColdConsole, contentOf, openColdConsole } from '../support/cold-console.ts';
import { broken, type Original, originalOf, type WhatThereIs, whatThereIs } from '../support/cold-invariant.ts';
import { fileHistory } from '../support/lab-history.ts';
import { type Mortal, mortal } from './mortal.ts';
import { type Story, stories } from './stories.ts';

/** Small numbers out of one seed, the same every time (mulberry32). */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const vmNameOf = ({ kind }: Story): string => (kind === 'lab-hyperv' ? 'kintai-01' : 'payroll-01');

/** Small images: what matters is where it dies, not how long it copies. */
const largestImageBytes = 256 * 1024;

/** A console in this directory, whose lab remembers what was done to it before. */
export const openLife = async (directory: string, story: Story, life: Mortal): Promise<ColdConsole> => {
  mkdirSync(`${directory}/lab`, { recursive: true });
  const bench: ColdConsole = await openColdConsole({
    directory,
    kind: story.kind,
    history: fileHistory(`${directory}/lab`),
    largestImageBytes,
    files: life.files,
    wrapJournal: life.wrapJournal,
    wrapSession: (session) =>
      life.wrapSession(story.sourceVanishes ? vanishing(session, () => bench.server.world) : session),
    onTask: (view) => cancelWhenItIsTime(story, view),
  });
  return bench;
};

/** A platform on which somebody deletes each VM that was exported. */
const vanishing = (session: HypervisorSession, world: () => LabWorld): HypervisorSession => ({
  ...session,
  openExport: async (vm, signal) => {
    const lease = await session.openExport(vm, signal);
    return {
      ...lease,
      complete: async (stop) => {
        await lease.complete(stop);
        destroyVm(world(), vm);
      },
    };
  },
});

const consoles = new WeakMap<Story, ColdConsole>();

const cancelWhenItIsTime = (story: Story, view: TaskView): void => {
  const bench = consoles.get(story);
  if (story.cancelAt === null || bench === undefined || view.state !== 'running') return;
  if (!view.steps.some(({ name, state }) => name === story.cancelAt && state === 'running')) return;
  queueMicrotask(() => void bench.runner.cancel(view.header.id).catch(() => undefined));
};

/** Begins the story's task. */
export const begin = (bench: ColdConsole, story: Story): TaskId => {
  consoles.set(story, bench);
  if (story.refused !== null) {
    bench.lab.faults.arm({ kind: 'act-refused', act: story.refused, fault: 'Refused', message: 'Not now.' });
  }
  const { part, sourcePolicy, imagePolicy } = story;
  const vm = bench.vm(vmNameOf(story));
  const home = bench.server.world.get(vm?.pool ?? vm?.host ?? ('' as TaskView['header']['move']['vm']))?.name ?? '';
  const to = part === 'evacuate' ? home : destinationOf(bench, story);
  const [task] = bench.submit(bench.move(vmNameOf(story), to, { part, sourcePolicy, imagePolicy }));
  if (task === undefined) throw new Error('no task was made');
  return task;
};

const destinationOf = (bench: ColdConsole, story: Story): string => {
  if (story.kind === 'lab-vmware') return 'rp-staging';
  const vm = bench.vm(vmNameOf(story));
  for (const entity of bench.server.world.entities()) {
    if (entity.kind === 'host' && entity.id !== vm?.host && entity.connection === 'connected') return entity.name;
  }
  throw new Error('no other host');
};

/** Lets a life go on until it is over, or has nothing left to do. */
export const runOut = async (bench: ColdConsole, life: Mortal): Promise<void> => {
  let quiet = false;
  void bench.runner.quiet().then(() => {
    quiet = true;
  });
  while (!life.isDead() && !quiet) await new Promise(setImmediate);
};

/** What a person does about a task that waits for one: any of the steps that are said to be safe. */
export const decide = async (
  bench: ColdConsole,
  task: TaskId,
  random: () => number,
): Promise<RecoveryAction | 'nothing safe'> => {
  const { options } = await bench.recovery.assess(task);
  const safe = options.flatMap(({ action, obstacle }) => (obstacle === null ? [action] : []));
  const action = safe[Math.floor(random() * safe.length)];
  if (action === undefined) return 'nothing safe';
  const elsewhere = [...bench.server.world.entities()].find(({ name }) => name === 'rp-batch');
  if (action === 'restore-elsewhere' && elsewhere?.kind !== 'resource-pool') {
    await bench.recovery.choose(task, { action: 'resume' });
    return 'resume';
  }
  const to =
    action === 'restore-elsewhere' && elsewhere !== undefined
      ? {
          to: {
            destination: { kind: 'resource-pool' as const, id: elsewhere.id, name: elsewhere.name },
            host: null,
            datastore: null,
            networkMap: {},
          },
        }
      : {};
  await bench.recovery.choose(task, { action, ...to });
  return action;
};

export interface Trace {
  readonly where: readonly string[];
  readonly problems: readonly string[];
}

const awaitsPerson = (view: TaskView): boolean => view.state === 'interrupted' || view.cold.awaitsDecision;

/**
 * Somebody powers the source on, writes to its disks, and powers it off again. @returns the VM as it has to be kept from
 * then on; null when the source is gone, held or running
 */
const workWithSource = ({ server }: ColdConsole, original: Original): Original | null => {
  const { id } = original.vm;
  const source = server.world.vm(id);
  if (source?.powerState !== 'off' || source.busyWith !== null) return null;
  powerVm(server.world, id, 'on');
  for (const { key } of source.disks ?? []) {
    const { bytes } = digestOf(server.hidden.content(source, key));
    server.hidden.putContent(source, key, { kind: 'seeded', seed: `written to ${id}/${key}`, bytes });
  }
  powerVm(server.world, id, 'off');
  return { ...original, content: contentOf(server, source) };
};

/** The end must be the truth: what the log says of the VM, and what is there. */
export const liesOf = (view: TaskView, story: Story, original: Original, there: WhatThereIs): readonly string[] => {
  const left = new Set(view.cold.followUps.map((item) => JSON.stringify(item)));
  const named = there.whole.filter(({ name }) => name === original.vm.name);
  const atHome = named.filter(({ id }) => id === original.vm.id);
  const said = (state: TaskState, holds: boolean): readonly string[] =>
    view.state === state && !holds ? [`${view.state}, but ${describe(there)}`] : [];
  const only = there.whole.length === 1;
  return [
    ...said(
      'completed',
      story.part === 'evacuate'
        ? there.sealedImages.length === 1
        : only && named.length === 1 && atHome.length === 0 && named[0]?.powerState === 'on',
    ),
    ...broken(there).filter(() => story.sourceVanishes),
    ...said('cancelled', only && named.length === 1 && named[0]?.powerState === 'off'),
    ...(there.halfMade.length > 0 ? ['something half-made is left'] : []),
    ...(left.size < view.cold.followUps.length ? ['something is left to people twice'] : []),
    ...(isOpen(view.state) || view.cold.awaitsDecision ? [`it has not ended: ${view.state} ${view.error?.code}`] : []),
  ];
};

export const describe = ({ whole, halfMade, sealedImages, otherDirectories }: WhatThereIs): string =>
  [
    ...whole.map(({ name, powerState }) => `${name} ${powerState}`),
    ...halfMade.map(({ name }) => `${name} half-made`),
    ...sealedImages.map((name) => `image ${name}`),
    ...otherDirectories.map((name) => `directory ${name}`),
  ].join(', ') || 'nothing';

/** How the process of one life ends. Returns where it died; null when it lived to the end. */
export type LiveOn = (life: {
  readonly directory: string;
  readonly story: Story;
  readonly point: number;
  /** The first life begins the task; later ones take over what is left, and a person chooses with this seed. */
  readonly first: boolean;
  readonly seed: number;
}) => Promise<string | null>;

/** A life in this process: when it is over, everything it still does hangs. */
export const liveHere: LiveOn = async ({ directory, story, point, first, seed }) => {
  const life = mortal(point);
  const bench = await openLife(directory, story, life);
  await liveThrough(bench, life, story, first, seed);
  bench.closeFiles();
  await life.bury();
  return life.isDead() ? life.last() : null;
};

/** A person who chooses among the safe steps gets to an end; one who does not is stuck. */
const mostDecisions = 20;

/** What happens in one life: the task is begun, or taken over and decided about. */
export const liveThrough = async (
  bench: ColdConsole,
  life: Mortal,
  story: Story,
  first: boolean,
  seed: number,
): Promise<void> => {
  const random = numbersFrom(seed);
  try {
    if (first) begin(bench, story);
    else {
      bench.runner.takeOver();
      const { session } = bench;
      if (session !== null) bench.runner.reconcile(session.site);
    }
  } catch (error) {
    if (!life.isDead()) throw error;
    return;
  }
  await runOut(bench, life);
  for (let decisions = 0; decisions < mostDecisions && !life.isDead(); decisions += 1) {
    const [view] = bench.runner.log.list({ limit: 1, before: null });
    if (view === undefined || !awaitsPerson(view)) return;
    const decided = decide(bench, view.header.id, random).catch((error: unknown) => {
      if (!life.isDead()) throw error;
      return 'nothing safe' as const;
    });
    let made = false;
    void decided.finally(() => {
      made = true;
    });
    while (!made && !life.isDead()) await new Promise(setImmediate);
    if (life.isDead()) return;
    if ((await decided) === 'nothing safe') return;
    await runOut(bench, life);
  }
};

/**
 * One schedule: the task is begun and its process dies at the first point; the next life dies at the second, and so on;
 * the last one lives. After every death, and at the end, what is there is looked at without the console's own word.
 */
export const runSchedule = async (
  directory: string,
  story: Story,
  points: readonly number[],
  seed: number,
  live: LiveOn = liveHere,
): Promise<Trace> => {
  const where: string[] = [];
  const problems: string[] = [];
  let original: Original | null = null;
  /** Older copies that ran already when somebody used the source: nobody can take that back. */
  let ranBefore: readonly string[] | null = null;

  const look = async (when: string): Promise<{ readonly there: WhatThereIs; readonly bench: ColdConsole } | null> => {
    const bench = await openLife(directory, { ...story, cancelAt: null }, mortal(Number.POSITIVE_INFINITY));
    if (original === null) {
      original = originalOf(bench.server, vmNameOf(story));
      return null;
    }
    const there = await whatThereIs(original, bench.server, bench.images, bench.folder);
    const deletedBy = story.sourceVanishes ? 'somebody else' : 'console';
    for (const problem of broken(there, deletedBy)) problems.push(`${when}: ${problem} (${describe(there)})`);
    const newest = there.whole.map(({ id }) => id);
    for (const { id, name } of ranBefore === null ? [] : there.running) {
      if (newest.includes(id) || ranBefore?.includes(id)) continue;
      problems.push(`${when}: ${name} runs, and is older than its source (${describe(there)})`);
    }
    return { there, bench };
  };

  const before = await look('before');
  before?.bench.closeFiles();
  const all = [...points, Number.POSITIVE_INFINITY];
  for (const [index, point] of all.entries()) {
    const died = await live({ directory, story, point, first: index === 0, seed: seed + index });
    where.push(died ?? 'lived');
    const seen = await look(`after life ${index + 1} (${died ?? 'lived'})`);
    if (seen === null) throw new Error('nothing was looked at before');
    const [view] = seen.bench.runner.log.list({ limit: 1, before: null });
    if (died === null && view !== undefined && original !== null) {
      // A copy that ran before its source was used stays beside it, for people to compare.
      const twoAreLeft = view.state === 'completed' && (ranBefore ?? []).length > 0;
      if (!twoAreLeft) problems.push(...liesOf(view, story, original, seen.there));
    }
    if (story.sourceUsed && index === 0 && view !== undefined && original !== null && isOpen(view.state)) {
      const used = workWithSource(seen.bench, original);
      if (used !== null) {
        original = used;
        ranBefore = seen.there.running.map(({ id }) => id);
      }
    }
    seen.bench.closeFiles();
    if (died === null) break;
  }
  return { where, problems };
};

/** How many points a story has from its beginning to its end when nobody dies. */
export const pointsOf = async (directory: string, story: Story): Promise<number> => {
  const life = mortal(Number.POSITIVE_INFINITY);
  const bench = await openLife(directory, story, life);
  await liveThrough(bench, life, story, true, 1);
  bench.closeFiles();
  return life.met();
};

export interface Schedule {
  readonly story: Story;
  /** Where the lives end, one after the other; the last one lives. */
  readonly points: readonly number[];
  readonly seed: number;
}

/** The schedule of that seed: one of the stories, and one to three deaths. */
export const scheduleOf = (seed: number, points: ReadonlyMap<string, number>): Schedule => {
  const random = numbersFrom(seed);
  const story = stories[Math.floor(random() * stories.length)];
  if (story === undefined) throw new Error('no story');
  const deaths = [1 + Math.floor(random() * (points.get(story.name) ?? 1))];
  // Recoveries are shorter than the whole way, and end wherever they end.
  while (deaths.length < 3 && random() < 0.4) deaths.push(1 + Math.floor(random() * 200));
  return { story, points: deaths, seed };
};
