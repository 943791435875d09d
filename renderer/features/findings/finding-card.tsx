import type { ReactNode } from 'react';
import type { Finding, FindingWaiver } from '../../../shared/domain/finding.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import { Icon } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useDay } from '../../messages/use-day.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { findingLook } from './finding-look.ts';
import { RuleLink } from './rule-link.tsx';
import './findings.css';

export interface FindingCardProps {
  readonly finding: Finding;
  /** At the right end of the title line: a button, or what was acknowledged. */
  readonly end?: ReactNode;
  /** Behind who accepted it in advance: a way to take that back. */
  readonly waiverEnd?: ReactNode;
  /** Further rows of the list below the title: who acknowledged, and why. */
  readonly rows?: ReactNode;
  /** Below everything: the reason field, ways out. */
  readonly children?: ReactNode;
  readonly id?: string | undefined;
}

const FactAge = ({ readAt }: { readonly readAt: number }) => {
  const age = useAge(readAt);
  return <span className="muted finding-age"> {useMessages().findings.readAge(age)}</span>;
};

const Waiver = ({ waiver, end }: { readonly waiver: FindingWaiver; readonly end: ReactNode }) => {
  const words = useMessages().findings;
  const day = useDay();
  return (
    <>
      <dt>{words.waived}</dt>
      <dd>
        {words.waivedBy(waiver.reason, waiver.by, day(waiver.until))} {end}
      </dd>
    </>
  );
};

/** One precaution in full: what, evidence with its age, what happens if ignored, what to do. */
export const FindingCard = ({ finding, end, waiverEnd, rows, children, id }: FindingCardProps) => {
  const messages = useMessages();
  const text = findingText(finding, useLanguage());
  const look = findingLook(finding, messages);
  const words = messages.findings;
  return (
    <article className="finding" id={id} tabIndex={-1}>
      <Icon name={look.icon} tone={look.tone} />
      <div className="grow">
        <div className="finding-title">
          <span className={`finding-severity tone-${look.tone}`}>{look.word}</span>
          <span className="finding-name grow">{text.title}</span>
          <RuleLink ruleId={finding.ruleId} />
          {end}
        </div>
        <dl className="finding-lines">
          {text.evidence !== '' && (
            <>
              <dt>{words.evidence}</dt>
              <dd>
                {text.evidence}
                {finding.factReadAt !== null && <FactAge readAt={finding.factReadAt} />}
              </dd>
            </>
          )}
          {text.consequence !== '' && (
            <>
              <dt>{words.ifIgnored}</dt>
              <dd>{text.consequence}</dd>
            </>
          )}
          {text.remedy.length > 0 && (
            <>
              <dt>{words.remedy}</dt>
              <dd>
                {text.remedy.length === 1 ? (
                  text.remedy[0]
                ) : (
                  <ol className="remedy-steps">
                    {text.remedy.map((step) => (
                      <li key={step}>{step}</li>
                    ))}
                  </ol>
                )}
              </dd>
            </>
          )}
          {finding.waiver !== undefined && <Waiver waiver={finding.waiver} end={waiverEnd} />}
          {rows}
        </dl>
        {children}
      </div>
    </article>
  );
};
