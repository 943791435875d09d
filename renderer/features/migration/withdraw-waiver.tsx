import type { Finding } from '../../../shared/domain/finding.ts';
import { siteOf } from '../../../shared/domain/ids.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useAnnotations, withdrawWaiver } from '../../stores/annotations.ts';
import { runCommand } from '../../stores/notices.ts';

/** Takes back what made this warning accepted in advance; nothing where that is not known here. */
export const WithdrawWaiver = ({ finding, onDone }: { readonly finding: Finding; readonly onDone: () => void }) => {
  const { annotations } = useMessages();
  const { waivers } = useAnnotations((state) => state.said);
  const { vm, ruleId, waiver } = finding;
  if (waiver === undefined || vm === null) return null;
  const given = waivers.find(
    (one) =>
      one.ruleId === ruleId &&
      one.site === siteOf(vm) &&
      (one.vm === null || one.vm === vm) &&
      one.until === waiver.until &&
      one.by === waiver.by,
  );
  if (given === undefined) return null;
  return (
    <button type="button" className="link small" onClick={() => runCommand(() => withdrawWaiver(given).then(onDone))}>
      {annotations.acts.withdraw}
    </button>
  );
};
