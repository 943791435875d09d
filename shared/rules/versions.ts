/** Compares dotted versions by number: `4.1` < `4.1.0.1` < `10.0`. Text that is no number counts as 0. */
export const isVersionAtLeast = (version: string, least: string): boolean => {
  const left = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const right = least.split('.').map((part) => Number.parseInt(part, 10) || 0);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
};
