import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { include } from '../../../shared/planning/migration-draft.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import { vmIcon } from '../inventory-tree/entity-icon.ts';
import { precautionsId } from './focus-obstacle.ts';
import type { DraftView } from './use-draft-view.ts';

const Line = ({ vm }: { readonly vm: VmSummary }) => {
  const { migration } = useMessages();
  return (
    <li className="row not-included-line">
      <Icon name={vmIcon(vm)} />
      <span className="strong truncate">{vm.name}</span>
      <span className="muted small grow">{migration.leftOutByYou}</span>
      <button
        type="button"
        className="button button-small"
        aria-label={migration.includeVm(vm.name)}
        onClick={() => {
          document.getElementById(precautionsId)?.focus();
          changeDraft((draft) => include(draft, vm.id));
        }}
      >
        <Icon name="undo" size="small" />
        {migration.undo}
      </button>
    </li>
  );
};

/** VMs that stay where they are, each with why; what the person left out can be taken back in. */
export const NotIncluded = ({ view }: { readonly view: DraftView }) => {
  const { migration } = useMessages();
  if (view.excluded.length + view.goneCount === 0) return null;
  return (
    <section className="vm-precautions">
      <header className="vm-precautions-head">
        <Icon name="minus" />
        <h4 className="strong">{migration.notIncludedHeading}</h4>
      </header>
      <ul>
        {view.excluded.map((vm) => (
          <Line key={vm.id} vm={vm} />
        ))}
        {view.goneCount > 0 && (
          <li className="row not-included-line">
            <Icon name="vm-unknown" />
            <span className="muted small">{migration.gone(view.goneCount)}</span>
          </li>
        )}
      </ul>
    </section>
  );
};
