/**
 * CPU generations as vSphere's EVC modes order them: each runs what the ones before it run (vSphere EVC baselines).
 * Intel and AMD never run each other's.
 */
const generations: readonly (readonly string[])[] = [
  [
    'intel-merom',
    'intel-penryn',
    'intel-nehalem',
    'intel-westmere',
    'intel-sandybridge',
    'intel-ivybridge',
    'intel-haswell',
    'intel-broadwell',
    'intel-skylake',
    'intel-cascadelake',
    'intel-icelake',
    'intel-sapphirerapids',
  ],
  [
    'amd-rev-e',
    'amd-rev-f',
    'amd-greyhound-no3dnow',
    'amd-greyhound',
    'amd-bulldozer',
    'amd-piledriver',
    'amd-steamroller',
    'amd-zen',
    'amd-zen2',
    'amd-zen3',
    'amd-zen4',
  ],
];

/** Whether a VM using one level runs on a host of another; undefined when a level is not in the table. */
export const runsOn = (vmLevel: string, hostLevel: string): boolean | undefined => {
  if (vmLevel === hostLevel) return true;
  const family = generations.find((levels) => levels.includes(vmLevel));
  const hostFamily = generations.find((levels) => levels.includes(hostLevel));
  if (family === undefined || hostFamily === undefined) return undefined;
  return family === hostFamily && family.indexOf(vmLevel) <= family.indexOf(hostLevel);
};
