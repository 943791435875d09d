import type { Messages } from '../../../shared/messages/catalog.ts';
import { sizeParts } from '../../../shared/messages/format.ts';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { type Capacity, nearlyFull } from './capacity.ts';

const icons: Readonly<Record<Capacity['resource'], IconName>> = {
  cpu: 'cpu',
  memory: 'memory',
  storage: 'datastore',
};

/** One resource: used of total, in numbers and as a bar; what is reserved, and what the dragged VMs would change. */
export const CapacityMeter = ({ capacity }: { readonly capacity: Capacity }) => {
  const { poolDetails } = useMessages();
  const { resource, used, total, reserved, change } = capacity;
  const label = resource === 'storage' ? storageLabel(capacity, poolDetails) : poolDetails[resource];
  const write = resource === 'cpu' ? gigahertz : sizeParts;
  const whole = write(total);
  const part = write(used);
  const percent = Math.round((used / total) * 100);
  const full = capacity.nearlyFull;
  const changed = change === 0 ? null : signed(write(Math.abs(change)), change);
  const sentence = poolDetails.meter(label, inWords(part), inWords(whole), percent);
  return (
    <div className="capacity">
      <div className="capacity-head">
        <Icon name={icons[resource]} size="small" tone="muted" />
        <span className="truncate" title={label}>
          {label}
        </span>
        <span className="capacity-value">
          {full.length > 0 && <Icon name="warning" size="small" tone="warn" />}
          <b>{part.unit === whole.unit ? part.value : inWords(part)}</b>
          <span className="muted">{` / ${inWords(whole)} · ${percent} %`}</span>
        </span>
      </div>
      <meter
        className="visually-hidden"
        min={0}
        max={100}
        value={percent}
        aria-label={label}
        aria-valuetext={changed === null ? sentence : poolDetails.meterWithChange(sentence, changed)}
      />
      <div className="meter capacity-bar" aria-hidden="true">
        {segments(capacity).map(({ look, part: width }) => (
          <span key={look} className={look} style={{ width: `${width * 100}%` }} />
        ))}
      </div>
      <div className="capacity-foot">
        {full.length > 0 ? (
          <span className="tone-warn truncate" title={full.join(', ')}>
            {full.length === capacity.names.length
              ? poolDetails.nearlyFull
              : poolDetails.nearlyFullNamed(full.join(', '))}
          </span>
        ) : (
          <span>
            {reserved !== null && reserved > 0
              ? poolDetails.reserved(inWords(write(reserved)))
              : poolDetails.free(inWords(write(Math.max(0, total - used))))}
          </span>
        )}
        {changed !== null && <span className="tone-brand">{poolDetails.ifMoved(changed)}</span>}
      </div>
    </div>
  );
};

const storageLabel = ({ names }: Capacity, words: Messages['poolDetails']): string => {
  const [only] = names;
  return names.length === 1 && only !== undefined ? words.datastore(only) : words.datastores(names.length);
};

interface Parts {
  readonly value: string;
  readonly unit: string;
}

const inWords = ({ value, unit }: Parts): string => `${value} ${unit}`;

const signed = (parts: Parts, change: number): string => `${change < 0 ? '−' : '+'}${inWords(parts)}`;

const gigahertz = (mhz: number): Parts => ({
  value: (mhz / 1000).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
  unit: 'GHz',
});

/** The bar from left to right, as parts of the whole. */
const segments = ({ resource, used, total, change }: Capacity): readonly { look: string; part: number }[] => {
  const leaves = Math.min(used, Math.max(0, -change));
  const stays = used - leaves;
  const limit = resource === 'storage' ? total * nearlyFull : total;
  const within = (amount: number) => Math.min(1, Math.max(0, amount / total));
  return [
    { look: 'meter-used', part: within(Math.min(stays, limit)) },
    { look: 'meter-over', part: within(Math.max(0, stays - limit)) },
    { look: 'meter-leave', part: within(leaves) },
    { look: 'meter-move', part: Math.min(1 - within(used), within(Math.max(0, change))) },
  ].filter(({ part }) => part > 0);
};
