import { Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { conditions, type RuleId } from '../../../shared/messages/rules/conditions.ts';
import { destinationRules } from '../../../shared/rules/destination-rules.ts';
import { precautions } from '../../../shared/rules/registry.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';

const isRule = (id: string): id is RuleId => id in conditions;

const sourceOf = (id: string): string | undefined =>
  precautions.find((rule) => rule.id === id)?.source ?? destinationRules.find((rule) => rule.id === id)?.source;

/**
 * A rule's id; pressed, it says when the rule speaks and what it rests on. It opens inside what it stands in, because a dialog
 * keeps the focus to itself.
 */
export const RuleLink = ({ ruleId }: { readonly ruleId: string }) => {
  const { annotations } = useMessages();
  const words = annotations.acts;
  const language = useLanguage();
  const source = sourceOf(ruleId);
  if (!isRule(ruleId)) return <span className="small muted">{ruleId}</span>;
  return (
    <Popover inline size="small" positioning={{ position: 'below', align: 'end', strategy: 'fixed' }}>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className="link small rule-link" aria-label={words.rule(ruleId)}>
          {ruleId}
        </button>
      </PopoverTrigger>
      <PopoverSurface className="rule-card" aria-label={words.rule(ruleId)} tabIndex={-1}>
        <p className="strong">{ruleId}</p>
        <dl className="small">
          <dt className="muted">{words.speaks}</dt>
          <dd>{conditions[ruleId][language]}</dd>
          {source !== undefined && (
            <>
              <dt className="muted">{words.source}</dt>
              <dd>{source}</dd>
            </>
          )}
        </dl>
      </PopoverSurface>
    </Popover>
  );
};
