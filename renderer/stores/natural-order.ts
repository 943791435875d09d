const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const ascii = /^[\x20-\x7e]*$/;
const digits = /\d+/g;
const widest = 15;

interface Named {
  readonly name: string;
}

/** Made once for each object: inventory objects are replaced, not changed. */
const keys = new WeakMap<Named, string>();

/**
 * A text that sorts, code unit by code unit, as people count: web-2 before web-10, upper and lower case alike.
 * Empty for names that only a collator can put in order.
 */
const sortKey = (item: Named): string => {
  const known = keys.get(item);
  if (known !== undefined) return known;
  const { name } = item;
  const key = ascii.test(name) ? name.toLowerCase().replace(digits, (run) => run.padStart(widest, '0')) : '';
  keys.set(item, key);
  return key;
};

/**
 * Sorts a copy by name, numbers inside names by their value. A collator alone takes a tenth of a second for a pool of
 * 10,000 VMs; names of plain ASCII, which nearly all are, are compared by a key made once each.
 */
export const sortedByName = <Item extends Named>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, key: sortKey(item) }))
    .sort((left, right) => {
      if (left.key === '' || right.key === '') return collator.compare(left.item.name, right.item.name);
      if (left.key !== right.key) return left.key < right.key ? -1 : 1;
      return left.item.name < right.item.name ? -1 : left.item.name > right.item.name ? 1 : 0;
    })
    .map(({ item }) => item);
