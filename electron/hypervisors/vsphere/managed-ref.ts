/**
 * A reference to an object of the server (ManagedObjectReference). `value` is opaque: it is sent back as it came and
 * never taken apart.
 */
export interface ManagedRef {
  readonly type: string;
  readonly value: string;
}

/** Subclasses under which one and the same object may be named, and the name this adapter uses in its ids. */
const idTypes: Readonly<Record<string, string>> = {
  VmwareDistributedVirtualSwitch: 'DistributedVirtualSwitch',
};

/** The object's id within its site: `VirtualMachine:vm-12`. The same for every subclass name it may come under. */
export const nativeIdOfRef = (ref: ManagedRef): string => `${idTypes[ref.type] ?? ref.type}:${ref.value}`;

/** Back from {@link nativeIdOfRef}; null for text that is no such id. */
export const refOfNativeId = (nativeId: string): ManagedRef | null => {
  const colon = nativeId.indexOf(':');
  if (colon < 1 || colon === nativeId.length - 1) return null;
  return { type: nativeId.slice(0, colon), value: nativeId.slice(colon + 1) };
};

export const sameRef = (one: ManagedRef, other: ManagedRef): boolean =>
  one.value === other.value && nativeIdOfRef(one) === nativeIdOfRef(other);
