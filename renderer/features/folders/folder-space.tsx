import type { FolderStatus } from '../../../shared/domain/evacuation.ts';
import { sizeParts } from '../../../shared/messages/format.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { type FolderRoom, roomIn } from './folder-room.ts';
import './folders.css';

type Part = Exclude<keyof FolderRoom, 'total'>;

const parts: readonly Part[] = ['used', 'reserved', 'needed', 'free', 'floor'];

const looks: Readonly<Record<Part, string>> = {
  used: 'meter-used',
  reserved: 'meter-reserved',
  needed: 'meter-move',
  free: 'meter-free',
  floor: 'meter-floor',
};

/** The mark from which on a volume counts as nearly full. */
const nearlyFull = 0.85;

export interface FolderSpaceProps {
  readonly status: FolderStatus;
  /** Bytes an operation needs at the same time; null where none is thought of. */
  readonly needed: number | null;
}

/** A folder's volume as a bar, with every number beside it. Nothing where it cannot be measured. */
export const FolderSpace = ({ status, needed }: FolderSpaceProps) => {
  const { coldMigration: words } = useMessages();
  const room = roomIn(status, needed ?? 0);
  if (room === null || room.total <= 0) return null;
  const labels: Readonly<Record<Part, string>> = {
    used: words.inUse,
    reserved: words.reserved,
    needed: words.needed,
    free: needed === null ? words.free : words.freeAfter,
    floor: words.neverUsed,
  };
  // What this operation needs is told whole, also where the bar has no room for it.
  const bytesOf = (part: Part): number => (part === 'needed' ? (needed ?? 0) : room[part]);
  const inWords = (part: Part): string => {
    const { value, unit } = sizeParts(bytesOf(part));
    return `${value} ${unit}`;
  };
  const shown = parts.filter((part) => part !== 'needed' || needed !== null);
  return (
    <div className="folder-space">
      <meter
        className="visually-hidden"
        min={0}
        max={100}
        value={Math.round(((room.total - room.free - room.floor) / room.total) * 100)}
        aria-label={words.space(status.path)}
        aria-valuetext={words.spaceSentence(
          inWords('used'),
          inWords('reserved'),
          needed === null ? null : inWords('needed'),
          inWords('free'),
          inWords('floor'),
        )}
      />
      <div className="meter folder-bar" aria-hidden="true">
        {shown.map((part) => (
          <span key={part} className={looks[part]} style={{ width: `${(room[part] / room.total) * 100}%` }} />
        ))}
        <i className="meter-tick" style={{ left: `${nearlyFull * 100}%` }} />
      </div>
      <dl className="folder-legend">
        {shown.map((part) => (
          <div key={part}>
            <dt>
              <i className={`folder-swatch ${looks[part]}`} />
              <b>{sizeParts(bytesOf(part)).value}</b>
              <span className="unit">{sizeParts(bytesOf(part)).unit}</span>
            </dt>
            <dd className="muted">{labels[part]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
};
