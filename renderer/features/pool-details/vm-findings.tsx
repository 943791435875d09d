import { useEffect } from 'react';
import type { VirtualMachine, VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useAnnotations } from '../../stores/annotations.ts';
import { examineVms, forgetExamined, useVmOverviews } from '../../stores/vm-overviews.ts';
import { FindingCard } from '../findings/finding-card.tsx';
import { FixAction } from '../findings/fix-action.tsx';

interface VmFindingsProps {
  readonly row: VmSummary;
  readonly facts: VirtualMachine;
  /** Something was taken out of the VM: its facts have to be read again. */
  readonly onFixed: () => void;
}

/** What about the VM itself stands against moving it, wherever to, and what the console can do about it. */
export const VmFindings = ({ row, facts, onFixed }: VmFindingsProps) => {
  const { poolDetails } = useMessages();
  const said = useAnnotations((state) => state.said);
  const examined = useVmOverviews((state) => state.examined.get(row.id));
  useEffect(() => {
    // Known facts newer than what was found out from them make it worth looking again.
    if (examined !== undefined && examined.row === row && examined.said === said) return;
    const asking = new AbortController();
    // When it cannot be read, the facts beside this say why, and nothing is claimed here.
    examineVms([row.id], asking.signal).catch(() => undefined);
    return () => asking.abort();
  }, [row, said, examined]);
  if (examined === undefined) return null;
  return (
    <section className="vm-findings" aria-label={poolDetails.precautions}>
      <h3 className="strong">{poolDetails.precautions}</h3>
      {examined.findings.length === 0 && <p className="muted">{poolDetails.noPrecautions}</p>}
      {examined.findings.map((finding) => (
        <FindingCard key={`${finding.ruleId} ${finding.code} ${JSON.stringify(finding.evidence)}`} finding={finding}>
          <FixAction
            finding={finding}
            facts={facts}
            onFixed={() => {
              forgetExamined(row.id);
              onFixed();
            }}
          />
        </FindingCard>
      ))}
    </section>
  );
};
