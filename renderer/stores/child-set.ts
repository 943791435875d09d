import type { EntityId, SiteId } from '../../shared/domain/ids.ts';

/** What something stands under: a place, or the site itself. */
export type Parent = EntityId | SiteId;

const none: ReadonlySet<EntityId> = new Set();

/** Parent -> its children, in no order. */
export interface ChildSet {
  add(parent: Parent, child: EntityId): void;
  remove(parent: Parent, child: EntityId): void;
  /** Forgets all children of a parent. */
  clear(parent: Parent): void;
  of(parent: Parent): ReadonlySet<EntityId>;
  parents(): Iterable<Parent>;
}

export const childSet = (): ChildSet => {
  const children = new Map<Parent, Set<EntityId>>();
  return {
    add(parent, child) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, new Set([child]));
      else known.add(child);
    },
    remove(parent, child) {
      const known = children.get(parent);
      known?.delete(child);
      if (known?.size === 0) children.delete(parent);
    },
    clear(parent) {
      children.delete(parent);
    },
    of: (parent) => children.get(parent) ?? none,
    parents: () => children.keys(),
  };
};
