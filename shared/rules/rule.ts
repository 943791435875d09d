import type { Finding } from '../domain/finding.ts';
import type { EntityId } from '../domain/ids.ts';
import type { InventoryView } from '../domain/inventory.ts';
import type { Destination } from '../domain/migration.ts';
import type { Platform } from '../domain/platform.ts';
import type { VmSummary } from '../domain/virtual-machine.ts';

/** What rules look at besides the VM. No clock: `factReadAt` tells how old each object's facts are. */
export interface RuleContext {
  readonly inventory: InventoryView;
  platformOf(entity: EntityId): Platform | undefined;
  siteName(entity: EntityId): string;
  factReadAt(entity: EntityId): number | null;
}

/**
 * A destination rule (D1-D5) decides what a VM may be dropped on. It needs the summary alone, so it can answer for
 * every row of the tree while the mouse moves.
 */
export interface DestinationRule {
  readonly id: string;
  /** The seed's sentence or the document the rule comes from. */
  readonly source: string;
  check(vm: VmSummary, destination: Destination, context: RuleContext): readonly Finding[];
}
