import { create } from 'zustand';
import type { SiteId } from '../../shared/domain/ids.ts';
import { call } from '../api/call.ts';
import { onEvent } from '../api/events.ts';
import { InventoryIndex } from './inventory-index.ts';
import { notifyError } from './notices.ts';
import { useSites } from './sites.ts';

/** The index, in a wrapper that is a new object whenever what it stands for changed. */
interface IndexState {
  readonly index: InventoryIndex;
}

interface InventoryState {
  /** The same object for ever; it changes in place. Draw anew when `latest` or `placed` is another one. */
  readonly index: InventoryIndex;
  /** Counts every change. */
  readonly revision: number;
  /** Another one after every change. */
  readonly latest: IndexState;
  /** Another one when something came, went, moved or was renamed. */
  readonly placed: IndexState;
  /** Sites of which the whole inventory is here. */
  readonly complete: ReadonlySet<SiteId>;
}

const empty = new InventoryIndex();

export const useInventory = create<InventoryState>(() => ({
  index: empty,
  revision: 0,
  latest: { index: empty },
  placed: { index: empty },
  complete: new Set(),
}));

const complete = new Set<SiteId>();
let announcedStructure = 0;
const asked = new Set<SiteId>();
let announced = false;

/** Tells the window once per frame, however many batches came in between. */
const announce = (): void => {
  if (announced) return;
  announced = true;
  const tell = () => {
    announced = false;
    const { index } = useInventory.getState();
    const latest = { index };
    const moved = index.structure !== announcedStructure;
    announcedStructure = index.structure;
    useInventory.setState({
      latest,
      revision: index.revision,
      complete: new Set(complete),
      ...(moved ? { placed: latest } : {}),
    });
  };
  // A window that is not shown draws no frames, but its state must not stand still.
  if (document.visibilityState === 'visible') requestAnimationFrame(tell);
  else queueMicrotask(tell);
};

/** Asks for the inventory of every site there is, now and later. Returns a function that stops following. */
export const openInventory = (): (() => void) => {
  const stopBatches = onEvent('inventory.batch', (batch) => {
    useInventory.getState().index.apply(batch);
    if (batch.reset) complete.delete(batch.site);
    if (batch.complete) complete.add(batch.site);
    announce();
  });
  followSites();
  const stopSites = useSites.subscribe(followSites);
  return () => {
    stopBatches();
    stopSites();
  };
};

const followSites = (): void => {
  const sites = useSites.getState().sites.map((status) => status.site.id);
  for (const site of sites) {
    if (asked.has(site)) continue;
    asked.add(site);
    call('inventory.open', { site }).catch((error: unknown) => {
      asked.delete(site);
      notifyError(error);
    });
  }
  for (const site of asked) {
    if (sites.includes(site)) continue;
    asked.delete(site);
    complete.delete(site);
    useInventory.getState().index.forget(site);
    announce();
  }
};
