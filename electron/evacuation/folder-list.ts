import type { EvacuationFolder } from '../../shared/domain/evacuation.ts';
import { evacuationFoldersSchema } from '../../shared/ipc/schemas/evacuation-plan.ts';
import type { Settings } from '../storage/ports.ts';

export const foldersPreference = 'evacuation.folders';

const parsed = (text: string): readonly EvacuationFolder[] | null => {
  try {
    const result = evacuationFoldersSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
};

/** The folders people set up; null when what is kept of them cannot be understood. */
export const readFolders = (settings: Pick<Settings, 'preference'>): readonly EvacuationFolder[] | null => {
  const text = settings.preference(foldersPreference);
  return text === null ? [] : parsed(text);
};

export const keepFolders = (settings: Pick<Settings, 'setPreference'>, folders: readonly EvacuationFolder[]): void =>
  settings.setPreference(foldersPreference, JSON.stringify(folders));
