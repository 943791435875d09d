import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import type { Import } from './read-imports.ts';

/** Where an import leads: a file of the project (path from its root) or a package (`node:` for what Node brings). */
type Target =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string }
  | { readonly kind: 'node'; readonly name: string };

interface Room {
  /** Paths from the project's root that the room covers. */
  readonly covers: RegExp;
  /** Project files it may import in any way. */
  readonly files: readonly RegExp[];
  /** Project files of which it may import types only. */
  readonly types?: readonly RegExp[];
  /** Packages it may import by value; types of packages are free where Node is. */
  readonly packages?: readonly RegExp[];
  readonly node: boolean;
}

const anything = /^/;
const domain = /^shared\/domain\//;
const rules = /^shared\/rules\//;
const planning = /^shared\/planning\//;
const ipc = /^shared\/ipc\//;
const errors = /^shared\/errors\//;
const messages = /^shared\/messages\//;
const port = /^electron\/hypervisors\/(port|transfer)\.ts$/;
const storagePorts = /^electron\/storage\/ports\.ts$/;
/** Time and threads, for every room of the privileged side that needs them. */
const means = /^electron\/(clock|kept-thread)\.ts$/;
const services = /^electron\/(inventory|migration|evacuation|sites)\//;
/** Small services beside the composition roots, such as the preferences. */
const topLevelServices = /^electron\/(?!(main|cli|compose|preload|window|menu)\.ts)[^/]+\.ts$/;
const compositionRoots = /^electron\/[^/]+\.ts$/;

/** "Who may import whom" of ARCHITECTURE.md. The first room that covers a file counts. */
const ROOMS: readonly Room[] = [
  { covers: domain, files: [domain], types: [errors], node: false },
  { covers: rules, files: [domain, rules], node: false },
  { covers: planning, files: [domain, rules, planning], node: false },
  { covers: ipc, files: [ipc, errors], types: [domain], packages: [/^zod$/], node: false },
  { covers: errors, files: [errors], types: [domain, ipc], packages: [/^zod$/], node: false },
  { covers: messages, files: [messages], types: [domain, errors], node: false },
  { covers: /^shared\//, files: [], node: false },
  {
    covers: /^electron\/hypervisors\/[^/]+\//,
    files: [port, means, domain, errors],
    node: true,
  },
  { covers: port, files: [port, domain, errors], node: true },
  { covers: /^electron\/hypervisors\//, files: [/^electron\/hypervisors\/[^/]+\.ts$/, domain, errors], node: true },
  {
    // Connecting a site is where its adapter (chosen by the registry) meets its password.
    covers: /^electron\/sites\//,
    files: [
      /^electron\/hypervisors\/[^/]+\.ts$/,
      /^electron\/secrets\/credential-store\.ts$/,
      means,
      storagePorts,
      services,
      /^shared\//,
    ],
    node: true,
  },
  { covers: services, files: [port, means, storagePorts, services, /^shared\//], node: true },
  {
    covers: /^electron\/storage\//,
    files: [/^electron\/storage\//, domain, errors],
    packages: [/^better-sqlite3$/],
    node: true,
  },
  { covers: /^electron\/secrets\//, files: [/^electron\/secrets\//, domain, errors], node: true },
  { covers: /^electron\/preload\.ts$/, files: [ipc, errors], node: false },
  {
    covers: /^electron\/ipc\//,
    files: [/^electron\/(ipc|secrets)\//, topLevelServices, port, storagePorts, services, /^shared\//],
    packages: [/^zod$/],
    node: true,
  },
  {
    covers: /^electron\/cli\//,
    files: [/^electron\/(cli|secrets)\//, compositionRoots, port, storagePorts, services, /^shared\//],
    node: true,
  },
  { covers: compositionRoots, files: [/^electron\//, /^shared\//], node: true },
  { covers: /^renderer\/api\//, files: [/^renderer\/api\//, /^shared\//], packages: [anything], node: false },
  {
    covers: /^renderer\/stores\//,
    files: [/^renderer\/(api|stores)\//, /^shared\//],
    packages: [anything],
    node: false,
  },
  { covers: /^renderer\//, files: [/^renderer\//, /^shared\//], packages: [anything], node: false },
];

/** The only files that may use the `electron` package at run time; everything else also runs under plain Node. */
const ELECTRON_BY_VALUE = /^electron\/(main\.ts|preload\.ts|window\.ts|menu\.ts|ipc\/broadcast\.ts|secrets\/.+)$/;

/** Packages of the privileged side that the window must never reach, by value or type. */
const PRIVILEGED_PACKAGES = /^(electron|better-sqlite3)$/;

/**
 * What is wrong with one import, or undefined.
 * @param from path of the importing file from the project's root, with "/"
 */
export function offence(from: string, imported: Import): string | undefined {
  const room = ROOMS.find((candidate) => candidate.covers.test(from));
  if (!room) return `${from} lies in no known room`;
  const target = resolveTarget(from, imported.specifier);
  const arrow = `${from} imports ${imported.specifier}`;
  switch (target.kind) {
    case 'node':
      return room.node ? undefined : `${arrow}: no Node here`;
    case 'package':
      return packageOffence(from, room, target.name, imported, arrow);
    case 'file':
      return fileOffence(from, room, target.path, imported, arrow);
    default: {
      const unknown: never = target;
      return String(unknown);
    }
  }
}

function packageOffence(from: string, room: Room, name: string, imported: Import, arrow: string): string | undefined {
  if (name === 'electron' && from.startsWith('electron/')) {
    if (imported.kind === 'type' || ELECTRON_BY_VALUE.test(from)) return undefined;
    return `${arrow} by value: this file must run under plain Node`;
  }
  if (PRIVILEGED_PACKAGES.test(name) && !from.startsWith('electron/')) return `${arrow}: privileged package`;
  if (imported.kind === 'type' && room.node) return undefined;
  return room.packages?.some((allowed) => allowed.test(name)) ? undefined : `${arrow}: package not allowed here`;
}

function fileOffence(from: string, room: Room, path: string, imported: Import, arrow: string): string | undefined {
  const adapter = adapterFolder(from);
  if (adapter !== undefined && path.startsWith(adapter)) return undefined;
  if (room.files.some((allowed) => allowed.test(path))) return undefined;
  if (room.types?.some((allowed) => allowed.test(path))) {
    return imported.kind === 'type' ? undefined : `${arrow} by value: only types are allowed`;
  }
  if (adapter !== undefined && adapterFolder(path) !== undefined) return `${arrow}: adapters must not know each other`;
  return `${arrow}: ${posix.dirname(path)} is out of reach from here`;
}

/**
 * Project files that are loaded when a file is, itself included, with the packages they use at run time.
 * @param importsOf value and type imports of a project file
 */
export function reach(start: string, importsOf: (path: string) => readonly Import[]): Map<string, string[]> {
  const seen = new Map<string, string[]>();
  const waiting = [start];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    const packages: string[] = [];
    seen.set(path, packages);
    for (const imported of importsOf(path)) {
      if (imported.kind === 'type') continue;
      const target = resolveTarget(path, imported.specifier);
      if (target.kind === 'file') waiting.push(target.path);
      if (target.kind === 'package') packages.push(target.name);
    }
  }
  return seen;
}

const adapterFolder = (path: string): string | undefined => /^electron\/hypervisors\/[^/]+\//.exec(path)?.[0];

function resolveTarget(from: string, specifier: string): Target {
  if (specifier.startsWith('.'))
    return { kind: 'file', path: posix.join(posix.dirname(from), specifier.split('?')[0] ?? '') };
  if (specifier.startsWith('node:') || builtinModules.includes(specifier)) return { kind: 'node', name: specifier };
  const parts = specifier.split('/');
  return { kind: 'package', name: specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier) };
}

/** How many lines a file may have: beyond that it holds more than one concept. */
export const LINE_LIMIT = 400;

/** What is wrong with a file's length, or undefined. */
export function lengthOffence(path: string, source: string): string | undefined {
  const lines = source.replace(/\n$/, '').split('\n').length;
  return lines > LINE_LIMIT ? `${path} has ${lines} lines; the limit is ${LINE_LIMIT}` : undefined;
}
