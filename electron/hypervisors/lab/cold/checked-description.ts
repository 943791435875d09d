import type { Checkpoint } from '../../../../shared/domain/virtual-machine.ts';
import type { DescribedAdapter, DescribedDisk, DescribedVm } from './described-vm.ts';

/** Why a description cannot be used. */
export class DamagedDescription extends Error {}

type Facts = Readonly<Record<string, unknown>>;

const damaged = (what: string): never => {
  throw new DamagedDescription(what);
};
const factsOf = (value: unknown, what: string): Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Facts) : damaged(what);
const text = (facts: Facts, key: string): string => {
  const value = facts[key];
  return typeof value === 'string' ? value : damaged(key);
};
const textOrNull = (facts: Facts, key: string): string | null => (facts[key] === null ? null : text(facts, key));
const count = (facts: Facts, key: string, atLeast: number): number => {
  const value = facts[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= atLeast ? value : damaged(key);
};
const flag = (facts: Facts, key: string): boolean => {
  const value = facts[key];
  return typeof value === 'boolean' ? value : damaged(key);
};
const list = <Item>(facts: Facts, key: string, item: (value: unknown) => Item): readonly Item[] => {
  const value = facts[key];
  return Array.isArray(value) ? value.map(item) : damaged(key);
};
const label = (value: unknown): string => (typeof value === 'string' ? value : damaged('drive'));

const disk = (value: unknown): DescribedDisk => {
  const facts = factsOf(value, 'disk');
  return {
    label: text(facts, 'label'),
    file: text(facts, 'file'),
    capacityBytes: count(facts, 'capacityBytes', 1),
    storedBytes: count(facts, 'storedBytes', 0),
    independent: flag(facts, 'independent'),
    thin: flag(facts, 'thin'),
  };
};

const adapter = (value: unknown): DescribedAdapter => {
  const facts = factsOf(value, 'adapter');
  return {
    label: text(facts, 'label'),
    network: textOrNull(facts, 'network'),
    vlanId: count(facts, 'vlanId', 0),
    connected: flag(facts, 'connected'),
  };
};

const checkpoint = (value: unknown): Checkpoint => {
  const facts = factsOf(value, 'checkpoint');
  return {
    id: text(facts, 'id'),
    name: text(facts, 'name'),
    ...(facts.createdAt === undefined ? {} : { createdAt: count(facts, 'createdAt', 0) }),
    ...(facts.dynamicMemory === undefined ? {} : { dynamicMemory: flag(facts, 'dynamicMemory') }),
    parent: textOrNull(facts, 'parent'),
  };
};

/** Takes nothing for granted: what was read may be damaged or somebody else's. @throws DamagedDescription */
export const checkedDescription = (value: unknown): DescribedVm => {
  const facts = factsOf(value, 'the whole');
  const firmware = text(facts, 'firmware');
  if (firmware !== 'bios' && firmware !== 'efi') return damaged('firmware');
  return {
    name: text(facts, 'name'),
    origin: text(facts, 'origin'),
    guestOs: text(facts, 'guestOs'),
    hardwareVersion: count(facts, 'hardwareVersion', 0),
    firmware,
    cpuCount: count(facts, 'cpuCount', 1),
    memoryBytes: count(facts, 'memoryBytes', 1),
    dynamicMemory: flag(facts, 'dynamicMemory'),
    disks: list(facts, 'disks', disk),
    firmwareFile: textOrNull(facts, 'firmwareFile'),
    adapters: list(facts, 'adapters', adapter),
    cdroms: list(facts, 'cdroms', label),
    floppies: list(facts, 'floppies', label),
    checkpoints: list(facts, 'checkpoints', checkpoint),
  };
};
