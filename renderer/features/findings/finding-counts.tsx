import type { FindingCounts as Counts } from '../../../shared/planning/findings-by-vm.ts';
import { Icon, type IconName, type IconProps } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';

interface OneCountProps {
  readonly count: number;
  readonly icon: IconName;
  readonly tone: IconProps['tone'];
  readonly label: string;
}

const OneCount = ({ count, icon, tone, label }: OneCountProps) =>
  count === 0 ? null : (
    <span className={`finding-count tone-${tone}`} title={label}>
      <Icon name={icon} size="small" />
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  );

/** How many findings of each kind, as shape and number. Kinds without any are left out. */
export const FindingCounts = ({ counts }: { readonly counts: Counts }) => {
  const words = useMessages().findings.count;
  return (
    <span className="row finding-counts">
      <OneCount count={counts.blockers} icon="blocker" tone="bad" label={words.blockers(counts.blockers)} />
      <OneCount count={counts.warnings} icon="warning" tone="warn" label={words.warnings(counts.warnings)} />
      <OneCount
        count={counts.undetermined}
        icon="not-determined"
        tone="warn"
        label={words.undetermined(counts.undetermined)}
      />
      <OneCount count={counts.infos} icon="info" tone="muted" label={words.infos(counts.infos)} />
    </span>
  );
};
