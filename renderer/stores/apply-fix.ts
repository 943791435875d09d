import type { Fix } from '../../shared/domain/fix.ts';
import { toWire, type WireError } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { useMigrationDraft } from './migration-draft.ts';

/**
 * Carries out what a person agreed to, and takes in the VM as it is afterwards. Never rejects.
 * @returns null when it is done, else why it is not
 */
export const applyFix = async (fix: Fix): Promise<WireError | null> => {
  try {
    const { vm } = await call('fixes.apply', { fix });
    useMigrationDraft.setState(({ draft, facts }) =>
      draft === null || vm === null ? {} : { facts: new Map(facts).set(vm.id, vm) },
    );
    return null;
  } catch (error) {
    return toWire(error);
  }
};
