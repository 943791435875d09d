import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { type Sorting, type VmColumn, vmColumns } from './vm-sorting.ts';

const numeric: readonly VmColumn[] = ['cpu', 'memory', 'disk'];

export interface VmTableHeadProps {
  readonly sorting: Sorting;
  readonly showsPool: boolean;
  readonly checked: 'none' | 'some' | 'all';
  readonly onSort: (column: VmColumn) => void;
  readonly onCheck: () => void;
}

/** The line of column names; stays in sight, and sorts. */
export const VmTableHead = ({ sorting, showsPool, checked, onSort, onCheck }: VmTableHeadProps) => {
  const { poolDetails } = useMessages();
  const shown = vmColumns.filter((column) => column !== 'pool' || showsPool);
  return (
    <thead className="vm-grid-head">
      <tr aria-rowindex={1} className="vm-grid-row">
        {shown.map((column) => (
          <th
            key={column}
            scope="col"
            aria-sort={sorting.column === column ? sorting.direction : undefined}
            className={`vm-cell${numeric.includes(column) ? ' number' : ''}`}
          >
            {column === 'name' && (
              <input
                ref={(box) => {
                  if (box !== null) box.indeterminate = checked === 'some';
                }}
                type="checkbox"
                className="vm-check-all"
                checked={checked === 'all'}
                aria-label={poolDetails.selectAll}
                onChange={onCheck}
              />
            )}
            <button
              type="button"
              className="vm-sort"
              title={poolDetails.sortBy(poolDetails.columns[column])}
              onClick={() => onSort(column)}
            >
              {poolDetails.columns[column]}
              {sorting.column === column && (
                <span className={sorting.direction === 'descending' ? 'turned' : undefined}>
                  <Icon name="sort-ascending" size="small" />
                </span>
              )}
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
};
