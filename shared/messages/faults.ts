import { diskFaults } from './faults/disk-faults.ts';
import { type FaultText, fault } from './faults/fault-text.ts';
import { hostFaults } from './faults/host-faults.ts';
import { vmFaults } from './faults/vm-faults.ts';
import type { Language } from './topic.ts';

/** vSphere faults by the name the API gives them (vSphere Web Services API reference, fault data objects). */
const known: Readonly<Record<string, FaultText>> = { ...hostFaults, ...diskFaults, ...vmFaults };

export interface FaultWords {
  /** What it means, in one short line without a full stop. */
  readonly title: string;
  readonly remedy: readonly string[];
}

const fallback: FaultText = fault(
  [
    'The platform refused',
    'Mend what the platform names; its tasks and events on the server tell more.',
    'Then run it again.',
  ],
  [
    '仮想化ソフトウェアが拒否しました',
    '指摘された内容を解消してください。サーバ側のタスクとイベントに詳細があります。',
    'その後、再実行してください。',
  ],
);

/** What a fault of the platform means to people, and what helps; general words for a fault without its own. */
export const faultWords = (name: string, language: Language): FaultWords =>
  (Object.hasOwn(known, name) ? (known[name] ?? fallback) : fallback)[language];
