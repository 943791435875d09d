/** What a task is made for, and what befalls it besides being killed. */
export interface Story {
  readonly name: string;
  readonly kind: 'lab-vmware' | 'lab-hyperv';
  readonly part: 'whole' | 'evacuate';
  readonly sourcePolicy: 'retain-until-restored' | 'delete-before-restore';
  readonly imagePolicy: 'delete-when-restored' | 'keep';
  /** Somebody cancels when this step begins. */
  readonly cancelAt: string | null;
  /** The platform refuses this act once. */
  readonly refused: 'openImport' | 'powerOnVm' | 'parkVm' | null;
  /** Somebody deletes the source as soon as the platform lets go of it after the export. */
  readonly sourceVanishes: boolean;
  /** Somebody works with the source, and stops it again, after the console died for the first time. */
  readonly sourceUsed: boolean;
}

const plain: Omit<Story, 'name'> = {
  kind: 'lab-vmware',
  part: 'whole',
  sourcePolicy: 'retain-until-restored',
  imagePolicy: 'delete-when-restored',
  cancelAt: null,
  refused: null,
  sourceVanishes: false,
  sourceUsed: false,
};

export const stories: readonly Story[] = [
  { ...plain, name: 'whole, source retained' },
  { ...plain, name: 'whole, source deleted first', sourcePolicy: 'delete-before-restore' },
  { ...plain, name: 'whole, image kept', imagePolicy: 'keep' },
  { ...plain, name: 'whole on Hyper-V', kind: 'lab-hyperv' },
  { ...plain, name: 'evacuated alone', part: 'evacuate', imagePolicy: 'keep' },
  {
    ...plain,
    name: 'evacuated alone and deleted',
    part: 'evacuate',
    sourcePolicy: 'delete-before-restore',
    imagePolicy: 'keep',
  },
  { ...plain, name: 'cancelled while exporting', cancelAt: 'export' },
  { ...plain, name: 'cancelled while restoring', cancelAt: 'restore' },
  {
    ...plain,
    name: 'cancelled after the source was deleted',
    cancelAt: 'restore',
    sourcePolicy: 'delete-before-restore',
  },
  { ...plain, name: 'import refused', refused: 'openImport' },
  { ...plain, name: 'import refused, source deleted', refused: 'openImport', sourcePolicy: 'delete-before-restore' },
  { ...plain, name: 'power-on refused', refused: 'powerOnVm' },
  { ...plain, name: 'parking refused', refused: 'parkVm' },
  { ...plain, name: 'source vanishes after the export', sourceVanishes: true },
  {
    ...plain,
    name: 'source that was to be deleted vanishes',
    sourceVanishes: true,
    sourcePolicy: 'delete-before-restore',
  },
  { ...plain, name: 'source vanishes, evacuated alone', sourceVanishes: true, part: 'evacuate', imagePolicy: 'keep' },
  { ...plain, name: 'source vanishes on Hyper-V', sourceVanishes: true, kind: 'lab-hyperv' },
  { ...plain, name: 'source vanishes, cancelled while sealing', sourceVanishes: true, cancelAt: 'seal' },
  { ...plain, name: 'source used meanwhile', sourceUsed: true },
  {
    ...plain,
    name: 'source that was to be deleted used meanwhile',
    sourceUsed: true,
    sourcePolicy: 'delete-before-restore',
  },
  { ...plain, name: 'source used meanwhile, evacuated alone', sourceUsed: true, part: 'evacuate', imagePolicy: 'keep' },
];
