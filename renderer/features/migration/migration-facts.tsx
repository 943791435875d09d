import type { ReactNode } from 'react';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
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

/** How the stopped VMs are when all is done. */
const coldEnd = ({ draft }: DraftView, words: Messages['coldMigration']): string => {
  if (draft.cold.part === 'evacuate') return words.becomesImage;
  return draft.cold.powerOn ? words.poweredOnWhenDone : words.staysOff;
};

const namedAtMost = 3;

/** What the operation comes to, in one line: how many move how, what is left out, how much is copied. */
export const MigrationFacts = ({ view }: { readonly view: DraftView }) => {
  const { migration, coldMigration } = useMessages();
  const names = (vms: readonly VmSummary[]): string => {
    const shown = vms.slice(0, namedAtMost).map((vm) => vm.name);
    const rest = vms.length - shown.length;
    return migration.list(rest > 0 ? [...shown, migration.more(rest)] : shown);
  };
  const total = view.copyBytes;
  const cold = [...view.evacuated, ...view.direct];
  return (
    <div className="migration-facts">
      {view.hot.length > 0 && (
        <Fact
          icon="vm-on"
          lead={migration.hot(view.hot.length)}
          rest={`${names(view.hot)} · ${migration.staysOn(view.hot.length)}`}
        />
      )}
      {cold.length > 0 && (
        <Fact
          icon="vm-off"
          lead={coldMigration.cold(cold.length)}
          rest={`${names(cold)} · ${coldEnd(view, coldMigration)}`}
        />
      )}
      {view.excluded.length > 0 && (
        <Fact icon="minus" lead={migration.notIncluded(view.excluded.length)} rest={names(view.excluded)} />
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
