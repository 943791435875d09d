import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayName, serverName } from '../../../../../electron/hypervisors/vsphere/xml/xml-values.ts';

describe('names', () => {
  it.each([
    ['web/shop', 'web%2fshop'],
    ['a\\b', 'a%5cb'],
    ['100%', '100%25'],
    ['%2f', '%252f'],
    ['plain ü', 'plain ü'],
  ])('%s goes to the server as %s', (name, written) => {
    expect(serverName(name)).toBe(written);
  });

  it('come back as they went', () => {
    fc.assert(fc.property(fc.string(), (name) => displayName(serverName(name)) === name));
  });
});
