const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const ascii = /^[\x20-\x7e]*$/;
const digits = /\d+/g;
const widest = 15;

/** A text that sorts, code unit by code unit, as people count: web-2 before web-10, upper and lower case alike. */
const sortKey = (name: string): string => name.toLowerCase().replace(digits, (run) => run.padStart(widest, '0'));

/**
 * Sorts in place by name, numbers inside names by their value. A collator alone takes a tenth of a second for a pool of
 * 10,000 VMs; names of plain ASCII, which nearly all are, are compared by a key made once each.
 */
export const sortByName = <Item>(items: Item[], nameOf: (item: Item) => string): Item[] => {
  const keyed = items.map((item) => {
    const name = nameOf(item);
    return { item, name, key: ascii.test(name) ? sortKey(name) : null };
  });
  keyed.sort((left, right) => {
    if (left.key === null || right.key === null) return collator.compare(left.name, right.name);
    if (left.key === right.key) return left.name < right.name ? -1 : left.name > right.name ? 1 : 0;
    return left.key < right.key ? -1 : 1;
  });
  for (const [position, { item }] of keyed.entries()) items[position] = item;
  return items;
};
