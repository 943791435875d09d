import { useSyncExternalStore } from 'react';
import { now, onTick } from '../../messages/clock.ts';

/** The time now, ms since 1970, told anew once a second. For what shows how long something takes. */
export const usePresent = (): number => useSyncExternalStore(onTick, now);
