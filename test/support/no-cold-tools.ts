import type { ColdTools } from '../../electron/migration/cold/cold-run.ts';
import { inventoryOf } from './inventory-builders.ts';

const never = (): never => {
  throw new Error('nothing is evacuated here');
};

/** For runners under which nothing is ever evacuated. */
export const noColdTools: ColdTools = {
  images: {
    nameFor: never,
    begin: never,
    whole: never,
    seal: never,
    open: never,
    state: never,
    verify: never,
    remove: never,
    list: never,
  },
  folders: { folders: () => [], add: never, remove: never, status: never, space: never, wrote: never },
  inventory: inventoryOf,
  siteName: (site) => site,
  platformOf: () => 'vmware',
  newUuid: never,
  filesAtATime: () => 1,
  carryAnnotations: never,
};
