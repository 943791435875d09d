import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { Destination } from '../../../shared/domain/migration.ts';
import type { VmSummary } from '../../../shared/domain/virtual-machine.ts';
import { destinationOf } from '../../../shared/planning/destination.ts';
import { Icon } from '../../icons/icon.tsx';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import type { Drag } from '../../stores/drag.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSites } from '../../stores/sites.ts';
import { dropOutcome, opensDialog } from '../drag/drop-outcome.ts';
import { type DropWords, dropWords } from '../drag/drop-words.ts';
import { placeIcon } from '../inventory-tree/entity-icon.ts';
import { placeNote } from '../inventory-tree/row-words.ts';
import { pickerId } from './focus-obstacle.ts';
import { type PickerRow, pickerRows } from './picker-rows.ts';

const rowHeight = 28;

export interface DestinationPickerProps {
  readonly vms: readonly VmSummary[];
  /** The VM comes out of an evacuation image. */
  readonly fromImage?: boolean;
  readonly chosen: EntityId | null;
  readonly onPick: (destination: Destination) => void;
}

interface Offer {
  readonly row: PickerRow;
  /** Null for a site, a data center, a folder: they only show where a pool lies. */
  readonly words: DropWords | null;
  readonly destination: Destination | null;
}

/** The lines of the list, and what each of them would mean: found out only of those that somebody looks at. */
interface Offers {
  readonly rows: readonly PickerRow[];
  readonly of: (row: PickerRow) => Offer;
}

const useOffers = (vms: readonly VmSummary[], fromImage: boolean, text: string): Offers => {
  const messages = useMessages();
  const language = useLanguage();
  const placed = useInventory((state) => state.placed);
  const latest = useInventory((state) => state.latest);
  const allSites = useSites((state) => state.sites);
  // The sites the VMs are on come first: of the others they can rarely go to any.
  const sites = useMemo(() => {
    const own = new Set(vms.map((vm) => vm.site));
    return allSites.toSorted((left, right) => Number(own.has(right.site.id)) - Number(own.has(left.site.id)));
  }, [allSites, vms]);
  // Asking is the same as carrying the VMs over every row by keyboard, begun anew whenever an answer may be another one.
  // Of precautions nothing is asked: what they forbid the dialog shows, with what can be chosen otherwise there.
  const drag = useMemo<Drag>(() => {
    void latest;
    void allSites;
    return { by: 'keyboard', vms, ids: new Set(vms.map((vm) => vm.id)), facts: null, fromImage };
  }, [vms, fromImage, latest, allSites]);
  const rows = useMemo(() => pickerRows(placed.index, sites, text), [placed, sites, text]);
  const of = (row: PickerRow): Offer => {
    const outcome = row.place === null ? null : dropOutcome(drag, row.place);
    return {
      row,
      words: outcome === null ? null : dropWords(outcome, row.name, messages, language),
      destination: outcome !== null && opensDialog(outcome) && row.place !== null ? destinationOf(row.place) : null,
    };
  };
  return { rows, of };
};

/** Where the VMs could go: every pool with its verdict, searchable, for a migration that began in a menu. */
export const DestinationPicker = ({ vms, fromImage = false, chosen, onPick }: DestinationPickerProps) => {
  const { migration } = useMessages();
  const [text, setText] = useState('');
  const [active, setActive] = useState<EntityId | null>(chosen);
  const { rows, of } = useOffers(vms, fromImage, text);
  const isPossible = (row: PickerRow): boolean => of(row).destination !== null;
  const activeRow = rows.find((row) => row.id === active);
  const current =
    activeRow !== undefined && isPossible(activeRow)
      ? activeRow
      : text === ''
        ? undefined
        : rows.find((row) => row.isHit && isPossible(row));
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  /** To the next pool that takes the VMs; to the first one where none is chosen yet. */
  const step = (by: 1 | -1) => {
    const next =
      current === undefined || by === 1
        ? rows.slice(current === undefined ? 0 : rows.indexOf(current) + 1).find(isPossible)
        : rows.slice(0, rows.indexOf(current)).findLast(isPossible);
    if (next?.place == null) return;
    setActive(next.place.id);
    virtual.scrollToIndex(rows.indexOf(next));
  };
  const pickCurrent = () => {
    const destination = current === undefined ? null : of(current).destination;
    if (destination !== null) onPick(destination);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key === 'Enter' && current !== undefined) pickCurrent();
    else return;
    event.preventDefault();
  };
  const optionId = (id: string): string => `destination-${id}`.replaceAll(/\s+/g, '-');
  return (
    <div className="destination-picker">
      <div className="search-field">
        <Icon name="search" tone="muted" />
        <input
          id={pickerId}
          className="search-input"
          data-initial-focus
          ref={focusWhenShown}
          role="combobox"
          aria-expanded="true"
          aria-controls="destination-list"
          aria-label={migration.searchDestination}
          {...(current === undefined ? {} : { 'aria-activedescendant': optionId(current.id) })}
          placeholder={migration.searchDestination}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(null);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <p className="muted small">
        {migration.chooseDestination} {migration.chooseDestinationHint}
      </p>
      <div ref={scroller} className="destination-scroller">
        <div
          id="destination-list"
          role="listbox"
          aria-label={migration.destination}
          className="destination-list"
          style={{ height: virtual.getTotalSize() }}
        >
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <PickerLine
                key={row.id}
                id={optionId(row.id)}
                offer={of(row)}
                selected={row === current}
                top={item.start}
                onPick={onPick}
              />
            );
          })}
        </div>
        {rows.length === 0 && (
          <p className="muted destination-none">
            {text === '' ? migration.noDestinations : migration.noSuchDestination(text)}
          </p>
        )}
      </div>
    </div>
  );
};

interface PickerLineProps {
  readonly id: string;
  readonly offer: Offer;
  readonly selected: boolean;
  readonly top: number;
  readonly onPick: (destination: Destination) => void;
}

const PickerLine = ({ id, offer, selected, top, onPick }: PickerLineProps) => {
  const messages = useMessages();
  const { row, words, destination } = offer;
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-disabled={destination === null}
      className={`destination-row${destination === null ? ' destination-row-off' : ''}`}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + (row.level - 1) * 16 }}
      title={words?.reasons.join('\n') ?? ''}
      onClick={() => destination !== null && onPick(destination)}
    >
      <Icon name={row.place === null ? 'site' : placeIcon(row.place)} tone="muted" />
      <span className="truncate destination-name">
        {row.name}
        {row.place !== null && <span className="muted small"> {placeNote(row.place, messages)}</span>}
      </span>
      <span className="grow truncate muted small destination-reason">{words?.tone === 'bad' && words.reasons[0]}</span>
      {words !== null && (
        <span className={`small row tone-${words.tone} destination-verdict`}>
          {words.icon !== null && <Icon name={words.icon} size="small" />}
          {words.badge}
        </span>
      )}
    </button>
  );
};

const focusWhenShown = (field: HTMLInputElement | null): void => field?.focus();
