import type { ImageRecord } from '../../shared/domain/evacuation.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import { type EntityId, type SiteId, siteOf, type TaskId } from '../../shared/domain/ids.ts';
import type { Move } from '../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../shared/domain/virtual-machine.ts';
import { AppError, type ErrorCode, hasCode, toWire } from '../../shared/errors/app-error.ts';
import { methodFindings } from '../../shared/rules/d5-power-state.ts';
import { evaluate, worstFirst } from '../../shared/rules/evaluate.ts';
import type { FolderSpace } from '../../shared/rules/precaution.ts';
import { hostsByCluster, targetOf } from '../../shared/rules/target.ts';
import { applyWaivers } from '../../shared/rules/waivers.ts';
import { platformCheckFindings, platformCheckUnavailable } from '../../shared/rules/x20-platform-check.ts';
import type { FolderService, ImageStore } from '../evacuation/ports.ts';
import type { HypervisorSession } from '../hypervisors/port.ts';
import { type CheckFacts, isRestore, type KnownFacts, knownFacts, liveFacts, overImages } from './check-facts.ts';
import { type ContextParts, precautionContext } from './precaution-context.ts';

export interface GuardParts extends ContextParts {
  readonly known: KnownFacts;
  readonly session: (site: SiteId) => HypervisorSession | null;
  /** Makes sure that {@link ContextParts.vmsWithMac} knows the site, also when it is not connected. */
  readonly learnAddresses: (site: SiteId) => Promise<void>;
  /** @throws `folder-unusable`, `not-found` */
  readonly folderSpace: FolderService['space'];
  /** @throws `folder-unusable`, `image-damaged` */
  readonly wholeImage: ImageStore['whole'];
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  /** ms since 1970. */
  readonly checkedAt: number;
}

/**
 * Answers what stands against a move. The dialog, the command line and the last look before a start ask the same
 * functions.
 */
export interface PrecautionGuard {
  /**
   * For people: where the site cannot be asked, on the facts read last, and the findings say so.
   * @throws `vm-gone`, `destination-gone`, `not-found`
   */
  check(moves: readonly Move[], atATime: number, signal: AbortSignal): Promise<CheckResult>;
  /**
   * For the start of a task: on facts read now alone.
   * @param task what it has reserved in its folder is its own; left out, nothing is
   * @throws as above, and when the site cannot be asked
   */
  beforeStart(move: Move, signal: AbortSignal, task?: TaskId): Promise<readonly Finding[]>;
}

/** Room by folder, as read for one check. Undefined: it cannot be read now; null: nobody set that folder up. */
type FolderRoom = ReadonlyMap<string, FolderSpace | null | undefined>;

/** The site cannot be asked at the moment, whatever is asked. */
const outOfTouch: readonly ErrorCode[] = [
  'site-not-connected',
  'site-unreachable',
  'connection-lost',
  'session-expired',
  'server-timeout',
];

const isOutOfTouch = (error: unknown): boolean => outOfTouch.includes(toWire(error).code);

export const createGuard = (parts: GuardParts): PrecautionGuard => {
  const { known, now } = parts;

  /** A waived warning stays in the answer, and says who waived it. */
  const withWaivers = (findings: readonly Finding[], moves: readonly Move[]): readonly Finding[] =>
    applyWaivers(
      findings,
      moves.map(({ vm }) => vm),
      parts.said().waivers,
      now(),
    );

  /** A VM that is restored is what stands in its image, whatever is left of it elsewhere. */
  const withImages = async (moves: readonly Move[], facts: CheckFacts): Promise<CheckFacts> => {
    const images = new Map<EntityId, ImageRecord>();
    for (const { vm, evacuation } of moves.filter(isRestore)) {
      if (evacuation?.image === undefined) continue;
      const { folder, image } = evacuation;
      const whole = await parts.wholeImage(folder, image);
      if (whole === null) throw new AppError('image-not-found', { folder, image });
      images.set(vm, whole.record);
    }
    return images.size === 0 ? facts : overImages(images, facts, now());
  };

  const readRoom = async (moves: readonly Move[], except?: TaskId): Promise<FolderRoom> => {
    const folders = new Set(moves.flatMap(({ evacuation }) => (evacuation === undefined ? [] : [evacuation.folder])));
    const read = async (folder: string): Promise<[string, FolderSpace | null | undefined]> => {
      try {
        return [folder, await parts.folderSpace(folder, except)];
      } catch (error) {
        if (hasCode(error, 'not-found')) return [folder, null];
        if (hasCode(error, 'folder-unusable')) return [folder, undefined];
        throw error;
      }
    };
    return new Map(await Promise.all([...folders].map(read)));
  };

  const ruleFindings = (
    moves: readonly Move[],
    facts: CheckFacts,
    atATime: number,
    room: FolderRoom,
  ): readonly Finding[] => {
    const clusters = hostsByCluster(facts.inventory);
    return [...byPlace(moves).values()].flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const folder = first.evacuation === undefined ? null : room.get(first.evacuation.folder);
      const context = precautionContext(parts, facts, atATime, folder);
      const planned = group.map((move) => ({ move, vm: vmOf(move, facts) }));
      const target = targetOf(first.destination, first, facts.inventory, clusters);
      return [
        ...planned.flatMap(({ vm, move }) => methodFindings(vm, move.method, move.destination.id, context)),
        ...evaluate(planned, target, context),
      ];
    });
  };

  /** X20 for the moves that our own rules let pass: the platform need not be asked about the others. */
  const platformFindings = async (
    moves: readonly Move[],
    findings: readonly Finding[],
    facts: CheckFacts,
    session: HypervisorSession,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> => {
    const blocked = new Set(findings.filter(({ severity }) => severity === 'blocker').map(({ vm }) => vm));
    if (blocked.has(null)) return [];
    const open = moves.filter((move) => isPlatformsToCheck(move) && !blocked.has(move.vm));
    const answers = await inGroups(open, platformChecksAtOnce, (move) => {
      const ownRules = new Set(findings.flatMap(({ vm, ruleId }) => (vm === move.vm ? [ruleId] : [])));
      return askPlatform(move, facts, ownRules, session, signal);
    });
    return answers.flat();
  };

  const askPlatform = async (
    move: Move,
    facts: CheckFacts,
    ownRules: ReadonlySet<string>,
    session: HypervisorSession,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> => {
    try {
      const objections = (await session.checkMove(move, signal)).map(({ host, ...objection }) => ({
        ...objection,
        hostName: host === null ? null : (facts.inventory.get(host)?.name ?? host),
      }));
      return platformCheckFindings(move, objections, now(), ownRules);
    } catch (error) {
      if (signal.aborted || isOutOfTouch(error)) throw error;
      // It is evidence, not proof: a platform that cannot check may still be able to move.
      return [notAsked(move, toWire(error).code)];
    }
  };

  const notAsked = (move: Move, why: string): Finding =>
    platformCheckUnavailable(move, move.destination.id, `${parts.siteName(siteOf(move.vm))}: ${why}`);

  const checkLive = async (
    moves: readonly Move[],
    atATime: number,
    room: FolderRoom,
    session: HypervisorSession,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> => {
    const facts = await withImages(moves, await liveFacts(moves, known, session, now, signal));
    const findings = ruleFindings(moves, facts, atATime, room);
    return [...findings, ...(await platformFindings(moves, findings, facts, session, signal))];
  };

  const checkKnown = async (moves: readonly Move[], atATime: number, room: FolderRoom): Promise<readonly Finding[]> => [
    ...ruleFindings(moves, await withImages(moves, knownFacts(moves, known)), atATime, room),
    ...moves.filter(isPlatformsToCheck).map((move) => notAsked(move, 'site-not-connected')),
  ];

  const checkSite = async (
    site: SiteId,
    moves: readonly Move[],
    atATime: number,
    signal: AbortSignal,
  ): Promise<readonly Finding[]> => {
    const session = parts.session(site);
    const [room] = await Promise.all([readRoom(moves), parts.learnAddresses(site)]);
    if (session === null) return checkKnown(moves, atATime, room);
    try {
      return await checkLive(moves, atATime, room, session, signal);
    } catch (error) {
      if (signal.aborted || !isOutOfTouch(error)) throw error;
      return checkKnown(moves, atATime, room);
    }
  };

  return {
    check: async (moves, atATime, signal) => {
      const sites = grouped(moves, (move) => siteOf(move.vm));
      const findings: Finding[] = [];
      for (const [site, group] of sites) {
        findings.push(...withWaivers(await checkSite(site, group, atATime, signal), group));
      }
      return { findings: worstFirst(findings), checkedAt: now() };
    },
    beforeStart: async (move, signal, task) => {
      const site = siteOf(move.vm);
      const session = parts.session(site);
      if (session === null) throw new AppError('site-not-connected', { siteName: parts.siteName(site) });
      const room = await readRoom([move], task);
      return worstFirst(withWaivers(await checkLive([move], 1, room, session, signal), [move]));
    },
  };
};

/** How many checks a platform is asked to do at the same time. */
const platformChecksAtOnce = 4;

const inGroups = async <Item, Result>(
  items: readonly Item[],
  size: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += size) {
    results.push(...(await Promise.all(items.slice(from, from + size).map(work))));
  }
  return results;
};

const grouped = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> => {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
};

/** Moves that share a destination, a host and a datastore share a target; those of one folder share its room. */
const byPlace = (moves: readonly Move[]): ReadonlyMap<string, readonly Move[]> =>
  grouped(moves, ({ destination, host, datastore, evacuation }) =>
    JSON.stringify([destination.id, host, datastore, evacuation?.folder ?? null]),
  );

/** What lies in an image the platform is asked about when it is restored, with the image's own descriptor. */
const isPlatformsToCheck = (move: Move): boolean => !isRestore(move);

const vmOf = (move: Move, facts: CheckFacts): VirtualMachine => {
  const vm = facts.inventory.get(move.vm);
  if (vm?.kind !== 'virtual-machine') throw new AppError('not-found', { what: 'vm', name: move.vmName });
  return vm;
};
