import type { DestinationKind, MigrationMethod } from './migration.ts';
import type { Platform } from './platform.ts';
import type { PowerState } from './virtual-machine.ts';

/**
 * What each kind of finding carries as evidence. Adding a rule begins here: its texts in `shared/messages/rules`
 * then do not compile until they exist in both languages.
 */
export interface FindingData {
  D1: { readonly vm: string; readonly destination: string; readonly from: Platform; readonly to: Platform };
  'D1-unknown': { readonly vm: string; readonly destination: string };
  D2: {
    readonly vm: string;
    readonly destination: string;
    readonly kind: DestinationKind;
    readonly platform: Platform;
  };
  D3: { readonly vm: string; readonly destination: string };
  D5: { readonly vm: string; readonly powerState: PowerState };
  'D5-template': { readonly vm: string };
  'D5-busy': { readonly vm: string; readonly busyWith: string };
  'D5-unknown': { readonly vm: string };
  /** The method is described in the product but this version does not carry it out yet. */
  'method-unavailable': { readonly vm: string; readonly method: MigrationMethod };
  /** The platform's own check objects. `host` is null when it speaks of no host in particular. */
  X20: { readonly vm: string; readonly fault: string; readonly message: string; readonly host: string | null };
  'X20-unavailable': { readonly vm: string; readonly reason: string };
}

export type FindingCode = keyof FindingData;
