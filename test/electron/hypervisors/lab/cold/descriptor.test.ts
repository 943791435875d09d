import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedDescription } from '../../../../../electron/hypervisors/lab/cold/checked-description.ts';
import { readDescriptor, writeDescriptor } from '../../../../../electron/hypervisors/lab/cold/descriptor.ts';
import { parseXml } from '../../../../../electron/hypervisors/lab/cold/xml.ts';
import { anyDescribedVm, filesOf } from './described-vms.ts';

describe.each(['vmware', 'hyperv'] as const)('a descriptor of %s', (platform) => {
  it('says everything it was told, whatever names there are', () => {
    fc.assert(
      fc.property(anyDescribedVm(platform), (vm) => {
        const { text } = writeDescriptor(platform, vm, filesOf(vm));
        expect(readDescriptor(platform, text)).toEqual(vm);
      }),
    );
  });

  it('is refused wherever it was cut off', () => {
    fc.assert(
      fc.property(anyDescribedVm(platform), fc.double({ min: 0, max: 0.99, noNaN: true }), (vm, part) => {
        const text = writeDescriptor(platform, vm, filesOf(vm)).text.trimEnd();
        const cut = text.slice(0, Math.floor(text.length * part));
        expect(() => readDescriptor(platform, cut)).toThrow(DamagedDescription);
      }),
    );
  });

  it('is refused without any one of its facts', () => {
    const [vm] = fc.sample(
      anyDescribedVm(platform).filter(({ disks, adapters }) => disks.length > 0 && adapters.length > 0),
      { numRuns: 1, seed: 1 },
    );
    if (vm === undefined) throw new Error('no sample');
    const { text } = writeDescriptor(platform, vm, filesOf(vm));
    const facts =
      platform === 'vmware'
        ? ['rasd:VirtualQuantity', 'ovf:capacity', 'ovf:fileRef', 'vssd:VirtualSystemType', 'NetworkSection', 'origin']
        : ['cpuCount', 'capacityBytes', 'file', 'hardwareVersion', 'adapters', 'origin'];
    for (const fact of facts) {
      const without = text.replaceAll(fact, 'another');
      expect(without).not.toBe(text);
      expect(() => readDescriptor(platform, without), fact).toThrow(DamagedDescription);
    }
  });
});

describe('XML of the lab', () => {
  it.each([
    '',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    'text',
    '<a>&nbsp;</a>',
    '<a b=c/>',
    '<!DOCTYPE a><a/>',
    '<a><!-- comment --></a>',
    '<a/>text',
    '</a>',
  ])('refuses %j', (source) => {
    expect(() => parseXml(source)).toThrow(DamagedDescription);
  });
});
