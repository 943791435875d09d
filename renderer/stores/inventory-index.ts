import { type EntityId, type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { Entity, InfrastructureEntity, InventoryView } from '../../shared/domain/inventory.ts';
import type { VmSummary } from '../../shared/domain/virtual-machine.ts';
import type { EventOf } from '../../shared/ipc/contract.ts';
import { childSet, type Parent } from './child-set.ts';
import { sortedByName } from './natural-order.ts';

/** The two ways to look at the same inventory. */
export type TreeView = 'by-pool' | 'by-host';

/** What a row of the tree holds: places first, then VMs, each in the natural order of their names. */
export interface Content {
  readonly places: readonly EntityId[];
  readonly vms: readonly EntityId[];
}

type Batch = EventOf<'inventory.batch'>;

/**
 * The inventory of all sites as the window holds it. It changes in place: copying 50,000 VMs for every change would
 * cost more than the change; who draws from it watches {@link revision}. Contents of places are made when asked for and
 * kept until something in them changes.
 */
export class InventoryIndex implements InventoryView {
  /** Counts every change. */
  revision = 0;
  /** Counts changes of what is where and how it is called: what a tree's rows depend on. */
  structure = 0;
  readonly #places = new Map<EntityId, InfrastructureEntity>();
  readonly #vms = new Map<EntityId, VmSummary>();
  readonly #placesUnder = childSet();
  readonly #vmsUnder = { 'by-pool': childSet(), 'by-host': childSet() };
  readonly #contents = { 'by-pool': new Map<Parent, Content>(), 'by-host': new Map<Parent, Content>() };

  get(id: EntityId): Entity | undefined {
    return this.#vms.get(id) ?? this.#places.get(id);
  }

  vm(id: EntityId): VmSummary | undefined {
    return this.#vms.get(id);
  }

  place(id: EntityId): InfrastructureEntity | undefined {
    return this.#places.get(id);
  }

  infrastructure(): Iterable<InfrastructureEntity> {
    return this.#places.values();
  }

  virtualMachines(): Iterable<VmSummary> {
    return this.#vms.values();
  }

  get vmCount(): number {
    return this.#vms.size;
  }

  /** Takes in what the main process told. Applying a batch twice is harmless. */
  apply(batch: Batch): void {
    if (batch.reset) this.forget(batch.site);
    for (const entity of batch.infrastructure) this.#putPlace(entity);
    for (const vm of batch.vms) this.#putVm(vm);
    for (const id of batch.removals) this.#remove(id);
    this.revision += 1;
  }

  /** Drops everything known of a site: a parent and its children are always of the same one. */
  forget(site: SiteId): void {
    const start = `${site}/`;
    const ofSite = (id: Parent): boolean => id === site || id.startsWith(start);
    for (const id of this.#vms.keys()) if (ofSite(id)) this.#vms.delete(id);
    for (const id of this.#places.keys()) if (ofSite(id)) this.#places.delete(id);
    for (const children of [this.#placesUnder, ...Object.values(this.#vmsUnder)]) {
      for (const parent of children.parents()) if (ofSite(parent)) children.clear(parent);
    }
    for (const contents of Object.values(this.#contents)) {
      for (const parent of contents.keys()) if (ofSite(parent)) contents.delete(parent);
    }
    this.structure += 1;
    this.revision += 1;
  }

  /** What the tree shows under a place or a site. */
  content(view: TreeView, parent: Parent): Content {
    const known = this.#contents[view].get(parent);
    if (known !== undefined) return known;
    const places: InfrastructureEntity[] = [];
    const vms: VmSummary[] = [];
    this.#gather(view, parent, places, vms);
    if (!isEntity(parent)) this.#gatherLost(view, parent, places, vms);
    const content = {
      places: sortedByName(places)
        .sort((left, right) => rankOf(left) - rankOf(right))
        .map(({ id }) => id),
      vms: sortedByName(vms).map(({ id }) => id),
    };
    this.#contents[view].set(parent, content);
    return content;
  }

  /** The row a place or VM stands under in that view; null for a site. */
  parentOf(view: TreeView, id: EntityId): Parent {
    const vm = this.#vms.get(id);
    const entity = this.#places.get(id);
    let parent: Parent = vm ? vmParent(view, vm) : entity ? placeParent(entity) : siteOf(id);
    while (isEntity(parent)) {
      const above = this.#places.get(parent);
      if (above === undefined) return siteOf(id);
      if (!this.#isTransparent(above)) return parent;
      parent = placeParent(above);
    }
    return parent;
  }

  #gather(view: TreeView, parent: Parent, places: InfrastructureEntity[], vms: VmSummary[]): void {
    for (const id of this.#vmsUnder[view].of(parent)) {
      const vm = this.#vms.get(id);
      if (vm !== undefined) vms.push(vm);
    }
    for (const id of this.#placesUnder.of(parent)) {
      const place = this.#places.get(id);
      if (place === undefined) continue;
      if (this.#isTransparent(place)) this.#gather(view, id, places, vms);
      else if (isShown(view, place)) places.push(place);
    }
  }

  /** What hangs under something the account may not see still has to be seen: it goes under the site itself. */
  #gatherLost(view: TreeView, site: SiteId, places: InfrastructureEntity[], vms: VmSummary[]): void {
    const lost = (parent: Parent) => isEntity(parent) && siteOf(parent) === site && !this.#places.has(parent);
    const above = new Set([...this.#vmsUnder[view].parents(), ...this.#placesUnder.parents()]);
    for (const parent of above) if (lost(parent)) this.#gather(view, parent, places, vms);
  }

  #putPlace(entity: InfrastructureEntity): void {
    const before = this.#places.get(entity.id);
    this.#places.set(entity.id, entity);
    if (before !== undefined && placeParent(before) !== placeParent(entity)) this.#detachPlace(before);
    this.#placesUnder.add(placeParent(entity), entity.id);
    if (before === undefined || before.name !== entity.name || placeParent(before) !== placeParent(entity)) {
      this.#changed(placeParent(entity));
    }
  }

  #detachPlace(entity: InfrastructureEntity): void {
    this.#placesUnder.remove(placeParent(entity), entity.id);
    this.#changed(placeParent(entity));
  }

  #putVm(vm: VmSummary): void {
    const before = this.#vms.get(vm.id);
    this.#vms.set(vm.id, vm);
    for (const view of ['by-pool', 'by-host'] as const) {
      const parent = vmParent(view, vm);
      const parentBefore = before === undefined ? null : vmParent(view, before);
      if (parentBefore === parent && before?.name === vm.name) continue;
      if (parentBefore !== null && parentBefore !== parent) {
        this.#vmsUnder[view].remove(parentBefore, vm.id);
        this.#changed(parentBefore);
      }
      this.#vmsUnder[view].add(parent, vm.id);
      this.#changed(parent);
    }
  }

  #remove(id: EntityId): void {
    const vm = this.#vms.get(id);
    if (vm !== undefined) {
      for (const view of ['by-pool', 'by-host'] as const) {
        this.#vmsUnder[view].remove(vmParent(view, vm), id);
        this.#changed(vmParent(view, vm));
      }
      this.#vms.delete(id);
      return;
    }
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#detachPlace(place);
  }

  /** Forgets the made contents of a parent, and of those that show its content as their own. */
  #changed(parent: Parent): void {
    this.structure += 1;
    let at: Parent = parent;
    for (;;) {
      this.#contents['by-pool'].delete(at);
      this.#contents['by-host'].delete(at);
      if (!isEntity(at)) return;
      const entity = this.#places.get(at);
      // A lost parent's content shows under the site, and so does that of one just found again.
      this.#contents['by-pool'].delete(siteOf(at));
      this.#contents['by-host'].delete(siteOf(at));
      if (entity === undefined || !this.#isTransparent(entity)) return;
      at = placeParent(entity);
    }
  }

  /**
   * Hidden, with its content shown in its place: the pool at the top of a cluster or host (seed: people never see it),
   * and the folders vSphere puts between a site, its data centers and their clusters by itself.
   */
  #isTransparent(entity: InfrastructureEntity): boolean {
    if (entity.kind === 'resource-pool') return entity.isRoot;
    if (entity.kind !== 'folder' || entity.content === 'host-group') return false;
    if (entity.content !== 'host' && entity.content !== 'mixed') return false;
    return entity.parent === null || this.#places.get(entity.parent)?.kind === 'datacenter';
  }
}

/** Kinds in the order in which they stand under a place; resource pools and vApps stand among each other. */
const ranks: readonly InfrastructureEntity['kind'][] = ['folder', 'datacenter', 'cluster', 'host', 'resource-pool'];

const rankOf = ({ kind }: InfrastructureEntity): number => {
  const rank = ranks.indexOf(kind);
  return rank === -1 ? ranks.length - 1 : rank;
};

/** True for an inventory object's id; a site's id has no slash. */
export const isEntity = (id: Parent): id is EntityId => id.includes('/');

const vmParent = (view: TreeView, vm: VmSummary): Parent =>
  view === 'by-pool' ? (vm.pool ?? vm.host ?? vm.site) : (vm.host ?? vm.site);

const placeParent = (entity: InfrastructureEntity): Parent => {
  switch (entity.kind) {
    case 'host':
      return entity.cluster ?? entity.parent ?? entity.site;
    case 'resource-pool':
      return entity.isRoot ? entity.owner : (entity.parent ?? entity.owner);
    case 'vapp':
      return entity.parent ?? entity.owner;
    default:
      return entity.parent ?? entity.site;
  }
};

const isShown = (view: TreeView, entity: InfrastructureEntity): boolean => {
  switch (entity.kind) {
    case 'datacenter':
    case 'cluster':
    case 'host':
      return true;
    case 'folder':
      return entity.content === 'host' || entity.content === 'host-group' || entity.content === 'mixed';
    case 'resource-pool':
    case 'vapp':
      return view === 'by-pool';
    case 'datastore':
    case 'network':
    case 'switch':
      return false;
    default: {
      const never: never = entity;
      return never;
    }
  }
};
