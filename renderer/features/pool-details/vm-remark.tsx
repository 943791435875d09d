import type { Finding } from '../../../shared/domain/finding.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { findingText } from '../../../shared/messages/rules.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { useAnnotations } from '../../stores/annotations.ts';
import { useVmOverviews } from '../../stores/vm-overviews.ts';
import { findingLook } from '../findings/finding-look.ts';

/** What keeps it from being moved as it is, in a word; the full precautions stand in the migration dialog. */
export const VmRemark = ({ vm }: { readonly vm: VmSummary }) => {
  const { annotations, common, poolDetails } = useMessages();
  const lock = useAnnotations((state) => state.locks.get(vm.id));
  const findings = useVmOverviews((state) => state.examined.get(vm.id)?.findings);
  if (vm.busyWith !== null) {
    return (
      <span className="vm-remark">
        <Icon name="lock" size="small" tone="muted" />
        <span className="truncate">{common.busy(vm.busyWith)}</span>
      </span>
    );
  }
  if (lock !== undefined) {
    const words = annotations.acts.lockedBy(lock.by, lock.reason);
    return (
      <span className="vm-remark" title={words}>
        <Icon name="lock" size="small" tone="muted" />
        <span className="truncate">{words}</span>
      </span>
    );
  }
  if (vm.condition !== 'connected') {
    return (
      <span className="vm-remark">
        <Icon name="blocker" size="small" tone="bad" />
        <span className="truncate">{poolDetails.conditions[vm.condition]}</span>
      </span>
    );
  }
  if (vm.isTemplate) return <span className="muted">{poolDetails.template}</span>;
  return <Found findings={findings} />;
};

/** How many there are, and the worst in words; empty until it is known. */
const Found = ({ findings }: { readonly findings: readonly Finding[] | undefined }) => {
  const messages = useMessages();
  const language = useLanguage();
  if (findings === undefined) return null;
  const [worst] = findings;
  if (worst === undefined) return <span className="muted">{messages.poolDetails.noRemarks}</span>;
  const look = findingLook(worst, messages);
  const titles = [...new Set(findings.map((finding) => findingText(finding, language).title))];
  return (
    <span className="vm-remark" title={titles.join('\n')}>
      <Icon name={look.icon} size="small" tone={look.tone} label={look.word} />
      <span className={`strong tone-${look.tone}`}>{findings.length}</span>
      <span className="truncate">{titles.join(' · ')}</span>
    </span>
  );
};
