import { memo } from 'react';
import type { SiteId } from '../../../shared/domain/ids.ts';
import type { SiteStatus } from '../../../shared/domain/site.ts';
import { Icon } from '../../icons/icon.tsx';
import { useAge, useOlderThan } from '../../messages/use-age.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSites } from '../../stores/sites.ts';
import { staleAfter } from '../sites/site-state.ts';
import { type RowPlace, TreeRowFrame } from './tree-row-frame.tsx';

/** A site: its product, and how old its data is when it is not live. */
export const SiteRow = memo(function SiteRow({ id, ...place }: RowPlace & { readonly id: SiteId }) {
  const { tree } = useMessages();
  const status = useSites((state) => state.sites.find(({ site }) => site.id === id));
  const selected = useSelection((state) => state.place === id && state.shownVm === null);
  const age = useAge(status?.inventoryReadAt ?? 0);
  const old = useOlderThan(status?.inventoryReadAt ?? null, staleAfter);
  if (status === undefined) return null;
  const product = status.about === null ? '' : `${shortProduct(status.about.product)} ${status.about.version}`;
  const never = status.inventoryReadAt === null;
  const words = freshness(status, old, never ? tree.neverRead : age, tree);
  return (
    <TreeRowFrame
      {...place}
      id={id}
      icon="site"
      name={status.site.name}
      note={product}
      selected={selected}
      description={words?.full}
      end={
        words !== null && (
          <span className={`tree-age ${words.tone === 'bad' ? 'tone-bad' : old ? 'tone-warn' : 'muted'}`}>
            <Icon name={words.icon} size="small" />
            {words.short}
          </span>
        )
      }
    />
  );
});

interface Freshness {
  readonly icon: 'unplug' | 'waiting' | 'failed' | 'running';
  readonly tone: 'plain' | 'bad';
  readonly short: string;
  readonly full: string;
}

/** Null while the data is live: then there is nothing to say. */
const freshness = (
  { connection }: SiteStatus,
  old: boolean,
  age: string,
  tree: { readonly reading: string; offlineSince(age: string): string; stale(age: string): string },
): Freshness | null => {
  switch (connection.kind) {
    case 'connected':
      return old ? { icon: 'waiting', tone: 'plain', short: age, full: tree.stale(age) } : null;
    case 'connecting':
    case 'syncing':
      return { icon: 'running', tone: 'plain', short: tree.reading, full: tree.reading };
    case 'offline':
      return { icon: 'unplug', tone: 'plain', short: age, full: tree.offlineSince(age) };
    case 'failed':
      return { icon: 'failed', tone: 'bad', short: age, full: tree.stale(age) };
    default: {
      const never: never = connection;
      return never;
    }
  }
};

/** "VMware vCenter Server" leaves no room for the version. */
const shortProduct = (product: string): string =>
  product
    .replace(/^VMware\s+/u, '')
    .replace(/\s+Server$/u, '')
    .replace('System Center Virtual Machine Manager', 'SCVMM');
