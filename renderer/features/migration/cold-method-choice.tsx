import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { withCold } from '../../../shared/planning/migration-draft.ts';
import { ChoiceCards } from '../../controls/choice-cards.tsx';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import type { DraftView } from './use-draft-view.ts';

const namedAtMost = 3;

/** How stopped VMs move: through the evacuation folder, or relocated by the platform, with what that saves. */
export const ColdMethodChoice = ({ view }: { readonly view: DraftView }) => {
  const { migration, coldMigration: words } = useMessages();
  const { cold } = view.draft;
  const stopped = [...view.evacuated, ...view.direct];
  const names = (vms: readonly VmSummary[]): string => {
    const shown = vms.slice(0, namedAtMost).map((vm) => vm.name);
    const rest = vms.length - shown.length;
    return migration.list(rest > 0 ? [...shown, migration.more(rest)] : shown);
  };
  const possible = view.couldGoDirect.length;
  const saved =
    cold.method === 'cold-direct'
      ? { ofAll: words.poolOnly, of: words.poolOnlyOf }
      : { ofAll: words.directCopiesNothing, of: words.directCopiesNothingOf };
  const deletes = cold.sourcePolicy === 'delete-before-restore';
  return (
    <section className="migration-section">
      <h3 className="migration-heading">
        {words.method}
        <span className="muted small truncate">{words.methodOf(names(stopped))}</span>
      </h3>
      <ChoiceCards
        label={words.method}
        value={possible === 0 ? 'cold-evacuate' : cold.method}
        onChange={(method) => changeDraft((draft) => withCold(draft, { method }))}
        cards={[
          {
            value: 'cold-evacuate',
            title: words.viaFolder,
            text: deletes ? words.viaFolderTextDeleting : words.viaFolderText,
          },
          {
            value: 'cold-direct',
            title: words.direct,
            text:
              possible === 0
                ? words.directImpossible
                : possible < stopped.length
                  ? `${words.directText} ${words.directOnly(names(view.couldGoDirect))}`
                  : words.directText,
            disabled: possible === 0,
          },
        ]}
      />
      {view.poolOnly.length > 0 && (
        <p className="note migration-hint">
          <Icon name="info" />
          {view.poolOnly.length === stopped.length ? saved.ofAll : saved.of(names(view.poolOnly))}
        </p>
      )}
    </section>
  );
};
