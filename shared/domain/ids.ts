/** Identifiers. Branded so that a datastore's id cannot be passed where a site's is meant. */

declare const brand: unique symbol;
type Branded<Text, Name> = Text & { readonly [brand]: Name };

/** Identifies a site for its whole life; never contains a slash. */
export type SiteId = Branded<string, 'SiteId'>;

/** Identifies an inventory object over all sites: `<site id>/<id the platform gave>`. The second part is opaque. */
export type EntityId = Branded<string, 'EntityId'>;

/** Number of a task in the journal; people see it as T-1042. */
export type TaskId = Branded<number, 'TaskId'>;

/** Groups the tasks that one drop, one menu command or one command line started together. */
export type OperationId = Branded<string, 'OperationId'>;

export const siteId = (text: string): SiteId => text as SiteId;
export const taskId = (number: number): TaskId => number as TaskId;
export const operationId = (text: string): OperationId => text as OperationId;

/** Joins a site and the platform's own id (on vSphere `VirtualMachine:vm-12`) into an id unique over all sites. */
export const entityId = (site: SiteId, nativeId: string): EntityId => `${site}/${nativeId}` as EntityId;

/** Takes text that is already a joined id (from storage or the wire). */
export const asEntityId = (text: string): EntityId => text as EntityId;

export const siteOf = (id: EntityId): SiteId => id.slice(0, id.indexOf('/')) as SiteId;

/** The platform's own id inside {@link siteOf}. May itself contain slashes. */
export const nativeIdOf = (id: EntityId): string => id.slice(id.indexOf('/') + 1);

/** How people see a task's number. */
export const taskLabel = (id: TaskId): string => `T-${id}`;
