import { useDeferredValue, useMemo, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { splitFindingWords } from '../../../shared/planning/finding-query.ts';
import type { VmOverview } from '../../../shared/planning/overview.ts';
import { parseSearch } from '../../../shared/planning/search-query.ts';
import { DialogFrame } from '../../controls/dialog-frame.tsx';
import { EmptyState } from '../../controls/empty-state.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { closeDialog } from '../../stores/dialogs.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSites } from '../../stores/sites.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { searchInventory } from '../inventory-tree/search-inventory.ts';
import { OverviewList } from './overview-list.tsx';
import { useOverview } from './use-overview.ts';

const noVms: readonly VmOverview[] = [];

/** The VMs in the places, and of the names, that were searched for; null when nothing was. */
const useSearched = (text: string) => {
  const latest = useInventory((state) => state.latest);
  const siteNames = useSites(useShallow((state) => new Map(state.sites.map(({ site }) => [site.id, site.name]))));
  return useMemo(() => {
    const query = parseSearch(text);
    return { query, result: searchInventory(query, latest.index, siteNames, 'by-pool', null) };
  }, [text, latest, siteNames]);
};

/** Which VMs cannot move, and why; with words it looks for any finding. */
export const CannotMoveDialog = () => {
  const { annotations, common } = useMessages();
  const words = annotations.acts;
  const [text, setText] = useState('');
  const { words: findingWords, rest } = useMemo(() => splitFindingWords(text), [text]);
  const state = useOverview(findingWords);
  const { query, result } = useSearched(useDeferredValue(rest));
  const answer = state.last?.reply ?? null;
  const shown = useMemo(
    () => (answer?.vms ?? noVms).filter(({ vm }) => result === null || result.hits.has(vm)),
    [answer, result],
  );
  const notUnderstood = [...(answer?.notUnderstood ?? []), ...query.notUnderstood];
  return (
    <DialogFrame
      size="large"
      title={words.cannotMoveTitle}
      facts={
        <p className="small muted" aria-live="polite">
          {answer === null || state.kind === 'reading'
            ? words.examining
            : words.examined(shown.length, answer.examined)}
        </p>
      }
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
      <div className="overview">
        <TextField
          label={words.cannotMoveSearch}
          hint={words.cannotMoveHint}
          problem={notUnderstood.length === 0 ? null : words.notUnderstood(notUnderstood.join(' '))}
          value={text}
          onChange={(typed) => setText(typed.slice(0, 200))}
          initialFocus
        />
        {state.kind === 'failed' && <ErrorNote title={words.failed} error={state.error} onRetry={state.retry} />}
        {answer !== null && shown.length === 0 ? (
          <EmptyState icon="success" title={text === '' ? words.everyVmCan : words.nothingFound} />
        ) : (
          <OverviewList vms={shown} />
        )}
      </div>
    </DialogFrame>
  );
};
