import type { FolderStatus } from '../../../shared/domain/evacuation.ts';

/** A folder's volume in parts that add up to it, bytes. */
export interface FolderRoom {
  readonly total: number;
  readonly used: number;
  /** Promised to tasks that still write. */
  readonly reserved: number;
  /** What this operation takes of what is left. */
  readonly needed: number;
  readonly free: number;
  /** Never used; less than its setting where the volume is fuller than that already. */
  readonly floor: number;
}

/**
 * The parts of the bar, each cut where nothing is left for it: what is there counts before what is promised, and what
 * is never used before what this operation would like.
 * @returns null when the folder cannot be measured now
 */
export const roomIn = (
  { freeBytes, totalBytes, reservedBytes, floorBytes }: FolderStatus,
  neededBytes: number,
): FolderRoom | null => {
  if (freeBytes === null || totalBytes === null) return null;
  const reserved = Math.min(reservedBytes, freeBytes);
  const floor = Math.min(floorBytes, freeBytes - reserved);
  const needed = Math.min(neededBytes, freeBytes - reserved - floor);
  return {
    total: totalBytes,
    used: totalBytes - freeBytes,
    reserved,
    needed,
    free: freeBytes - reserved - floor - needed,
    floor,
  };
};
