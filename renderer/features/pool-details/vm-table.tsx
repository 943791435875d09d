import { useState } from 'react';
import { EmptyState } from '../../controls/empty-state.tsx';
import { Segmented } from '../../controls/segmented.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { type PlaceId, useSelection } from '../../stores/selection.ts';
import { usePlaceVms } from './use-place-vms.ts';
import { VmGrid } from './vm-grid.tsx';
import type { Sorting, VmFilter } from './vm-sorting.ts';

/** All VMs of a place, with a filter by power state over them. */
export const VmTable = ({ place }: { readonly place: PlaceId }) => {
  const { poolDetails } = useMessages();
  const [sorting, setSorting] = useState<Sorting>({ column: 'name', direction: 'ascending' });
  const [filter, setFilter] = useState<VmFilter>('all');
  const { ids, total, counts, showsPool } = usePlaceVms(place, sorting, filter);
  const chosen = useSelection((state) => state.vms);
  const selectedHere = chosen.size === 0 ? 0 : ids.filter((id) => chosen.has(id)).length;
  return (
    <div className="vm-table">
      <div className="vm-table-bar">
        <h3 className="strong">{poolDetails.vms}</h3>
        <span className="muted">{poolDetails.counts(total, selectedHere)}</span>
        <span className="grow" />
        <Segmented<VmFilter>
          flat
          label={poolDetails.filter}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: poolDetails.all },
            { value: 'on', label: poolDetails.poweredOn(counts.on) },
            { value: 'off', label: poolDetails.poweredOff(counts.off) },
            ...(counts.other > 0 ? [{ value: 'other', label: poolDetails.other(counts.other) } as const] : []),
          ]}
        />
      </div>
      {ids.length === 0 ? (
        <EmptyState
          icon="vm-off"
          title={total === 0 ? poolDetails.noVmsTitle : poolDetails.noVmsFiltered}
          text={total === 0 ? poolDetails.noVmsText : undefined}
        />
      ) : (
        <VmGrid
          ids={ids}
          selectedCount={selectedHere}
          showsPool={showsPool}
          sorting={sorting}
          onSort={(column) => setSorting(nextSorting(sorting, column))}
        />
      )}
    </div>
  );
};

const nextSorting = (sorting: Sorting, column: Sorting['column']): Sorting => ({
  column,
  direction: sorting.column === column && sorting.direction === 'ascending' ? 'descending' : 'ascending',
});
