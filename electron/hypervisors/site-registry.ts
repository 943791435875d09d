import type { SiteKind } from '../../shared/domain/platform.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { HypervisorAdapter } from './port.ts';

/** Which adapter speaks to which kind of site. */
export interface AdapterRegistry {
  /** @throws `site-kind-unavailable` when this release has no adapter for it */
  adapterFor(kind: SiteKind): HypervisorAdapter;
}

export const createAdapterRegistry = (adapters: readonly HypervisorAdapter[]): AdapterRegistry => {
  const byKind = new Map(adapters.flatMap((adapter) => adapter.kinds.map((kind) => [kind, adapter] as const)));
  return {
    adapterFor: (kind) => {
      const adapter = byKind.get(kind);
      if (adapter === undefined) throw new AppError('site-kind-unavailable', { kind });
      return adapter;
    },
  };
};
