import type { Finding } from '../../../shared/domain/finding.ts';
import type { Platform } from '../../../shared/domain/platform.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import type { Language } from '../../../shared/messages/topic.ts';
import type { IconName } from '../../icons/icon.tsx';
import type { DropOutcome } from './drop-outcome.ts';

export interface DropWords {
  readonly tone: 'ok' | 'warn' | 'bad' | 'muted';
  readonly icon: IconName | null;
  /** On the row: "Not allowed". */
  readonly badge: string;
  /** Over the reasons: "Not allowed on HVCL01". */
  readonly title: string;
  /** Why; empty when there is nothing to explain. */
  readonly reasons: readonly string[];
}

const mostReasons = 3;

/** An outcome as people see and hear it. */
export const dropWords = (outcome: DropOutcome, place: string, messages: Messages, language: Language): DropWords => {
  const { tree, shell } = messages;
  const refused = {
    tone: 'bad',
    icon: 'not-allowed',
    badge: tree.notAllowed,
    title: tree.notAllowedOn(place),
  } as const;
  switch (outcome.kind) {
    case 'allowed':
      return { tone: 'ok', icon: 'check', badge: tree.allowed, title: tree.allowedOn(place), reasons: [] };
    case 'warnings':
      return {
        tone: 'warn',
        icon: 'warning',
        badge: tree.warnings(outcome.findings.length),
        title: tree.warningsOn(place),
        reasons: reasonsOf(outcome.findings, messages, language, 'dialog'),
      };
    case 'some-blocked':
      return {
        tone: 'warn',
        icon: 'warning',
        badge: tree.someBlocked(outcome.blocked, outcome.all),
        title: tree.someBlockedOn(outcome.blocked, outcome.all, place),
        reasons: reasonsOf(outcome.findings, messages, language),
      };
    case 'current':
      return { tone: 'muted', icon: null, badge: tree.currentPool, title: tree.alreadyIn(place), reasons: [] };
    case 'refused':
      return { ...refused, reasons: reasonsOf(outcome.findings, messages, language) };
    case 'too-many':
      return { ...refused, reasons: [shell.why.tooMany(outcome.limit)] };
    case 'site-offline':
      return { ...refused, reasons: [shell.why.siteOffline(outcome.siteName)] };
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

/** One sentence for each kind of reason, not for each VM: 40 VMs are refused for the same reason more often than not. */
const reasonsOf = (
  findings: readonly Finding[],
  messages: Messages,
  language: Language,
  whatNext: 'dialog' | 'nothing' = 'nothing',
): readonly string[] => {
  const byCode = new Map<string, Finding[]>();
  for (const finding of findings) {
    const alike = byCode.get(finding.code);
    if (alike === undefined) byCode.set(finding.code, [finding]);
    else alike.push(finding);
  }
  const { common, tree } = messages;
  return [...byCode.values()].slice(0, mostReasons).flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { evidence, consequence, remedy } = findingText(first, language);
    // A blocker that refuses nothing is solved in the dialog.
    const rest = whatNext === 'dialog' && first.severity === 'blocker' ? (remedy[0] ?? consequence) : consequence;
    if (alike.length === 1) return [sentences(language, evidence, rest)];
    const { from, to, destination } = first.evidence;
    if (first.code === 'D1' && isPlatform(from) && isPlatform(to) && typeof destination === 'string') {
      const sentence = tree.allAlike(common.platforms[from], destination, common.platforms[to]);
      return [sentences(language, sentence, consequence)];
    }
    return [`${sentences(language, evidence, rest)} (${tree.moreReasons(alike.length - 1)})`];
  });
};

/** One after the other. Japanese evidence may be a phrase without a full stop, and there is no gap to part it. */
const sentences = (language: Language, first: string, second: string): string => {
  if (language === 'en') return `${first} ${second}`;
  return first.endsWith('。') ? `${first}${second}` : `${first}。${second}`;
};

const isPlatform = (value: unknown): value is Platform => value === 'vmware' || value === 'hyperv';
