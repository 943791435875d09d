import { onTestFinished } from 'vitest';
import { openStorage, type Storage, type StorageOptions } from '../../electron/storage/open-storage.ts';

/** Storage with a fixed clock and a short wait for locks, closed when the test has ended. */
export const openTestStorage = (directory: string, options: Partial<StorageOptions> = {}): Storage => {
  const storage = openStorage(directory, { now: () => Date.UTC(2026, 0, 31, 9, 45), busyTimeoutMs: 20, ...options });
  onTestFinished(() => storage.close());
  return storage;
};
