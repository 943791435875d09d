import type { WireError } from '../errors/app-error.ts';
import type { EntityId } from './ids.ts';
import type { RemovableMedia, VirtualMachine } from './virtual-machine.ts';

/** What the console can do to a stopped VM so that a precaution no longer holds. */
export type FixKind = 'eject-iso' | 'empty-floppy' | 'remove-usb';

/** One such act on one VM. Only ever carried out because a person asked for it. */
export interface Fix {
  readonly kind: FixKind;
  readonly vm: EntityId;
  /** Its name when this was asked for. */
  readonly vmName: string;
  /** The platform's keys of the drives or devices that are meant. */
  readonly deviceKeys: readonly string[];
}

/** A device as it was before it was changed: enough for a person to put things back. */
export interface FixedDevice {
  readonly key: string;
  readonly label: string;
  /** `[iso-lib] rhel-9.4-dvd.iso`; null where the platform names no file. */
  readonly medium: string | null;
}

export interface FixResult {
  /** What was there before, of the devices that were really changed. */
  readonly before: readonly FixedDevice[];
}

/**
 * `unknown`: it was begun, and whether the platform did it was never learnt. `done`: a person says that nothing is left
 * to do, because what was taken away is back or not needed.
 */
export type FixState = 'unknown' | 'applied' | 'failed' | 'done';

/** What the journal says of one fix. */
export interface FixRecord {
  /** 1, 2, 3 … over all VMs. */
  readonly number: number;
  readonly fix: Fix;
  readonly by: string;
  /** ms since 1970. */
  readonly at: number;
  /** Written down before anything was changed. */
  readonly before: readonly FixedDevice[];
  readonly state: FixState;
  /** Why it failed, or why its outcome is not known; null otherwise. */
  readonly error: WireError | null;
  /** Who ticked it off, and when; null as long as something is left to do. */
  readonly done: { readonly by: string; readonly at: number } | null;
}

/** As people see it. */
export const fixLabel = (number: number): string => `F-${number}`;

/** What was written down of a fix, one after the other. */
export type FixEventBody =
  | { readonly kind: 'asked'; readonly fix: Fix; readonly before: readonly FixedDevice[] }
  | { readonly kind: 'applied' }
  | { readonly kind: 'failed'; readonly error: WireError }
  | { readonly kind: 'lost'; readonly error: WireError }
  | { readonly kind: 'done' };

export interface FixEvent {
  readonly number: number;
  readonly at: number;
  readonly by: string;
  readonly body: FixEventBody;
}

/** The record after one more event; null for what was never asked for. */
export const withFixEvent = (record: FixRecord | null, { number, at, by, body }: FixEvent): FixRecord | null => {
  if (body.kind === 'asked') {
    return { number, fix: body.fix, by, at, before: body.before, state: 'unknown', error: null, done: null };
  }
  if (record === null) return null;
  switch (body.kind) {
    case 'applied':
      return { ...record, state: 'applied', error: null };
    case 'failed':
      return { ...record, state: 'failed', error: body.error };
    case 'lost':
      return { ...record, state: 'unknown', error: body.error };
    case 'done':
      return { ...record, state: 'done', done: { by, at } };
    default: {
      const never: never = body;
      return never;
    }
  }
};

/** Something is left to do: to put back what was taken away, or to look whether it was. */
export const needsFollowUp = ({ state }: FixRecord): boolean => state === 'applied' || state === 'unknown';

const drive = ({ key, label, fileName }: RemovableMedia): FixedDevice => ({ key, label, medium: fileName ?? null });

/** The devices of a VM that stand in the way, as the rules S6, S7 and S2 see it. Empty where nothing was told of them. */
export const fixableDevices = (kind: FixKind, vm: VirtualMachine): readonly FixedDevice[] => {
  switch (kind) {
    case 'eject-iso':
      return (vm.cdroms ?? []).filter(({ media, connected }) => media === 'image' && connected === true).map(drive);
    case 'empty-floppy':
      return (vm.floppies ?? []).filter(({ media, connected }) => media !== 'none' && connected === true).map(drive);
    case 'remove-usb':
      return (vm.otherDevices ?? [])
        .filter(({ type }) => type === 'usb')
        .map(({ key, label }) => ({ key, label, medium: null }));
    default: {
      const never: never = kind;
      return never;
    }
  }
};

/** The devices a fix means, of those that stand in the way now. */
export const devicesOf = (fix: Fix, vm: VirtualMachine): readonly FixedDevice[] =>
  fixableDevices(fix.kind, vm).filter(({ key }) => fix.deviceKeys.includes(key));

/** Why a fix is not carried out; `still-there`: the platform said it was done, and it was not. */
export type FixObstacle = 'not-stopped' | 'busy' | 'nothing-there' | 'still-there';

/**
 * What speaks against carrying it out now. Only stopped VMs are touched: a running guest may hold its drive locked, and
 * the platform then stops the whole VM until somebody answers; a USB device pulled out of it may lose data.
 */
export const fixObstacle = (fix: Fix, vm: VirtualMachine): FixObstacle | null => {
  if (vm.powerState !== 'off' || vm.isTemplate) return 'not-stopped';
  if (vm.busyWith !== null) return 'busy';
  return devicesOf(fix, vm).length === 0 ? 'nothing-there' : null;
};
