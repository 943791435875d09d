import type { ReactNode } from 'react';
import { isInForce } from '../../../shared/rules/waivers.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { useDay } from '../../messages/use-day.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { markGuestCluster, unlockVms, useAnnotations, withdrawWaiver } from '../../stores/annotations.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { runCommand } from '../../stores/notices.ts';
import { siteStatus } from '../../stores/sites.ts';
import { RuleLink } from '../findings/rule-link.tsx';

interface LineProps {
  readonly icon: IconName;
  readonly name: ReactNode;
  readonly note: string;
  readonly reason?: string;
  readonly act: string;
  readonly actName: string;
  readonly onAct: () => void;
}

const Line = ({ icon, name, note, reason, act, actName, onAct }: LineProps) => (
  <li className="said-line">
    <Icon name={icon} tone="muted" />
    <div className="grow">
      <div>
        {name} <span className="muted small">{note}</span>
      </div>
      {reason !== undefined && <p className="small said-reason">{reason}</p>}
    </div>
    <button type="button" className="button button-small" aria-label={actName} onClick={onAct}>
      {act}
    </button>
  </li>
);

interface GroupProps {
  readonly title: string;
  readonly empty: string;
  readonly children: readonly ReactNode[];
}

const Group = ({ title, empty, children }: GroupProps) => (
  <section className="said-group" aria-label={title}>
    <h3 className="strong">{title}</h3>
    {children.length === 0 ? <p className="muted">{empty}</p> : <ul>{children}</ul>}
  </section>
);

/** Everything people said of VMs that still holds or once did: who, when, why, until when. Each can be taken back. */
export const SaidDialog = () => {
  const { annotations, common } = useMessages();
  const words = annotations.acts;
  const day = useDay();
  const { locks, guestClusters, waivers } = useAnnotations((state) => state.said);
  const now = Date.now();
  return (
    <DialogFrame
      size="medium"
      title={words.saidTitle}
      onClose={closeDialog}
      footer={
        <>
          <span className="grow" />
          <button type="button" className="button button-large" onClick={closeDialog}>
            {common.close}
          </button>
        </>
      }
    >
      <div className="said">
        <Group title={words.locks} empty={words.noLocks}>
          {locks.map(({ vm, vmName, by, at, reason }) => (
            <Line
              key={vm}
              icon="lock"
              name={<span className="strong">{vmName}</span>}
              note={words.since(by, day(at))}
              reason={reason}
              act={words.unlock}
              actName={words.unlockVm(vmName)}
              onAct={() => runCommand(() => unlockVms([vm]))}
            />
          ))}
        </Group>
        <Group title={words.accepted} empty={words.nothingAccepted}>
          {waivers.map((waiver) => {
            const name = waiver.vmName ?? words.ofAnyVm(siteStatus(waiver.site)?.site.name ?? waiver.site);
            const end = isInForce(waiver, now) ? words.until(day(waiver.until)) : words.over(day(waiver.until));
            return (
              <Line
                key={`${waiver.site} ${waiver.vm} ${waiver.ruleId}`}
                icon="shield"
                name={
                  <>
                    <span className="strong">{name}</span> <RuleLink ruleId={waiver.ruleId} />
                  </>
                }
                note={`${words.since(waiver.by, day(waiver.at))} · ${end}`}
                reason={waiver.reason}
                act={words.withdraw}
                actName={words.withdrawOf(waiver.ruleId, name)}
                onAct={() => runCommand(() => withdrawWaiver(waiver))}
              />
            );
          })}
        </Group>
        <Group title={words.marks} empty={words.noMarks}>
          {guestClusters.map(({ vm, vmName, by, at }) => (
            <Line
              key={vm}
              icon="cluster"
              name={<span className="strong">{vmName}</span>}
              note={words.since(by, day(at))}
              act={words.removeMark}
              actName={words.removeMarkOf(vmName)}
              onAct={() => runCommand(() => markGuestCluster([vm], false))}
            />
          ))}
        </Group>
      </div>
    </DialogFrame>
  );
};
