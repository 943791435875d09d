/** Processor generations of each vendor, oldest first, by the names vSphere gives its EVC modes. */
const generations: Readonly<Record<string, readonly string[]>> = {
  intel: [
    'merom',
    'penryn',
    'nehalem',
    'westmere',
    'sandybridge',
    'ivybridge',
    'haswell',
    'broadwell',
    'skylake',
    'cascadelake',
    'icelake',
    'sapphirerapids',
  ],
  amd: ['rev-e', 'rev-f', 'greyhound', 'bulldozer', 'piledriver', 'steamroller', 'zen', 'zen2', 'zen3', 'zen4'],
};

const parse = (level: string): { readonly vendor: string; readonly age: number } => {
  const dash = level.indexOf('-');
  const vendor = level.slice(0, dash);
  return { vendor, age: generations[vendor]?.indexOf(level.slice(dash + 1)) ?? -1 };
};

/** Whether a VM that runs with the features of `needed` can go on running on a host that offers `offered`. */
export const cpuLevelSuffices = (needed: string, offered: string): boolean => {
  if (needed === offered) return true;
  const vm = parse(needed);
  const host = parse(offered);
  return vm.vendor === host.vendor && vm.age >= 0 && vm.age <= host.age;
};
