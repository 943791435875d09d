import type { Finding } from '../../../shared/domain/finding.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import type { IconName, IconProps } from '../../icons/icon.tsx';

/** The shape, colour and word a finding is shown with; shape and word tell it without the colour. */
export interface FindingLook {
  readonly icon: IconName;
  readonly tone: NonNullable<IconProps['tone']>;
  readonly word: string;
}

export const findingLook = (finding: Pick<Finding, 'severity' | 'outcome'>, messages: Messages): FindingLook => {
  const words = messages.findings;
  const tone = finding.severity === 'blocker' ? 'bad' : finding.severity === 'warning' ? 'warn' : 'muted';
  if (finding.outcome === 'undetermined') {
    const word = finding.severity === 'blocker' ? words.undeterminedBlocker : words.undetermined;
    return { icon: 'not-determined', tone, word };
  }
  return { icon: finding.severity, tone, word: words[finding.severity] };
};
