import { precautions } from './registry.ts';

export interface RuleName {
  readonly id: string;
  readonly name: string;
}

/** Rules that speak of a VM without a destination are searched for by these names; D1-D3 and D4 never do. */
export const ruleNames: readonly RuleName[] = [
  { id: 'D5', name: 'power-state' },
  ...precautions.map(({ id, name }) => ({ id, name })),
  { id: 'X20', name: 'platform-check' },
];

/** What people call it when that is no part of the rule's name. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  D5: ['template', 'suspended', 'saved', 'paused', 'busy'],
  S1: ['failover-cluster', 'shared-vhdx'],
  S6: ['cd', 'dvd'],
  S8: ['passthrough-disk'],
  S12: ['rdm'],
  X3: ['multi-writer', 'multiwriter'],
  X4: ['pci', 'vgpu', 'gpu', 'sr-iov', 'sriov', 'passthrough-device'],
  X5: ['vtpm', 'encryption', 'bitlocker'],
  X6: ['ft'],
  X7: ['drs', 'affinity', 'numa'],
  X16: ['orphaned', 'invalid', 'disconnected'],
  X19: ['do-not-move'],
};

/** Ids of the rules that a word stands for: an id, the beginning of a word of its name, or another word for it. Empty: it means nothing. */
export const rulesCalled = (word: string): readonly string[] => {
  const text = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (text === '') return [];
  const exact = ruleNames.find(({ id }) => id.toLowerCase() === text);
  if (exact !== undefined) return [exact.id];
  return ruleNames
    .filter(({ id, name }) => `-${name}`.includes(`-${text}`) || otherWords[id]?.includes(text) === true)
    .map(({ id }) => id);
};

/** The one rule a person named, by its id or its name; null when there is none of that name, or several. */
export const ruleCalled = (word: string): string | null => {
  const found = rulesCalled(word);
  const whole = ruleNames.find(({ name }) => name === word.trim().toLowerCase());
  return whole?.id ?? (found.length === 1 ? (found[0] ?? null) : null);
};

/**
 * Whether a waiver for the rule can ever have an effect. Destination rules and locks only block. A rule that blocks what
 * it finds still warns of what could not be determined, and that can be waived.
 */
export const canBeWaived = (ruleId: string): boolean =>
  !ruleId.startsWith('D') && ruleId !== 'X19' && ruleNames.some(({ id }) => id === ruleId);
