import type { ReactNode } from 'react';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { size } from '../../../shared/messages/format.ts';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import type { DraftView } from './use-draft-view.ts';

interface FactProps {
  readonly icon: IconName;
  readonly lead: ReactNode;
  readonly rest?: string;
}

const Fact = ({ icon, lead, rest }: FactProps) => (
  <span className="migration-fact">
    <Icon name={icon} />
    <span className="strong">{lead}</span>
    {rest !== undefined && rest !== '' && <span className="muted truncate">{rest}</span>}
  </span>
);

const namedAtMost = 3;

/** What the operation comes to, in one line: how many move how, what is left out, how much is copied. */
export const MigrationFacts = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  const names = (vms: readonly VmSummary[]): string => {
    const shown = vms.slice(0, namedAtMost).map((vm) => vm.name);
    const rest = vms.length - shown.length;
    return migration.list(rest > 0 ? [...shown, migration.more(rest)] : shown);
  };
  const total = view.copyBytes;
  const left = [...view.cold, ...view.excluded];
  return (
    <div className="migration-facts">
      {view.included.length > 0 && (
        <Fact
          icon="vm-on"
          lead={migration.hot(view.included.length)}
          rest={`${names(view.included)} · ${migration.staysOn(view.included.length)}`}
        />
      )}
      {left.length > 0 && (
        <Fact
          icon={view.cold.length > 0 ? 'vm-off' : 'minus'}
          lead={migration.notIncluded(left.length)}
          rest={names(left)}
        />
      )}
      {view.included.length > 0 && (
        <Fact
          icon="datastore"
          lead={total === null ? migration.copyUnknown : total === 0 ? migration.nothingToCopy : size(total)}
          {...(total !== null && total > 0 ? { rest: migration.toCopy } : {})}
        />
      )}
    </div>
  );
};
