import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DamagedDescription } from '../../../../../electron/hypervisors/lab/cold/checked-description.ts';
import type { DescribedVm } from '../../../../../electron/hypervisors/lab/cold/described-vm.ts';
import { readDescriptor, writeDescriptor } from '../../../../../electron/hypervisors/lab/cold/descriptor.ts';
import { parseXml } from '../../../../../electron/hypervisors/lab/cold/xml.ts';
import { MIB } from '../../../../../electron/hypervisors/lab/world/world-state.ts';
import type { WrittenFile } from '../../../../../electron/hypervisors/transfer.ts';
import type { Platform } from '../../../../../shared/domain/platform.ts';

const name = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
const size = fc.integer({ min: 1, max: 2 ** 45 });

const described = (platform: Platform): fc.Arbitrary<DescribedVm> =>
  fc.record({
    name,
    origin: fc.uuid(),
    guestOs: name,
    hardwareVersion: fc.nat(99),
    firmware: fc.constantFrom('bios', 'efi'),
    cpuCount: fc.integer({ min: 1, max: 128 }),
    memoryBytes: fc.integer({ min: 1, max: 4_000_000 }).map((mib) => mib * MIB),
    dynamicMemory: platform === 'vmware' ? fc.constant(false) : fc.boolean(),
    disks: fc.uniqueArray(
      fc.record({
        label: name,
        file: name,
        capacityBytes: size,
        storedBytes: size,
        independent: fc.boolean(),
        thin: fc.boolean(),
      }),
      { selector: ({ file }) => file, maxLength: 4 },
    ),
    firmwareFile: fc.constantFrom(null, 'firmware.nvram'),
    adapters: fc.uniqueArray(
      fc.record({
        label: name,
        network: fc.option(name),
        vlanId: fc.nat(4095),
        connected: fc.boolean(),
      }),
      { selector: ({ network }) => network, maxLength: 4 },
    ),
    cdroms: fc.array(name, { maxLength: 2 }),
    floppies: fc.array(name, { maxLength: 2 }),
    checkpoints:
      platform === 'vmware'
        ? fc.constant([])
        : fc.array(
            fc.record(
              { id: fc.uuid(), name, createdAt: fc.nat(), dynamicMemory: fc.boolean(), parent: fc.option(fc.uuid()) },
              { requiredKeys: ['id', 'name', 'parent'] },
            ),
            { maxLength: 3 },
          ),
  });

const filesOf = ({ disks, firmwareFile }: DescribedVm): readonly WrittenFile[] =>
  [...disks.map(({ file }) => file), ...(firmwareFile === null ? [] : [firmwareFile])].map((file) => ({
    key: file,
    name: file,
    bytes: 1,
    capacityBytes: null,
    sha1: '',
    sha256: '',
  }));

describe.each(['vmware', 'hyperv'] as const)('a descriptor of %s', (platform) => {
  it('says everything it was told, whatever names there are', () => {
    fc.assert(
      fc.property(described(platform), (vm) => {
        const { text } = writeDescriptor(platform, vm, filesOf(vm));
        expect(readDescriptor(platform, text)).toEqual(vm);
      }),
    );
  });

  it('is refused wherever it was cut off', () => {
    fc.assert(
      fc.property(described(platform), fc.double({ min: 0, max: 0.99, noNaN: true }), (vm, part) => {
        const text = writeDescriptor(platform, vm, filesOf(vm)).text.trimEnd();
        const cut = text.slice(0, Math.floor(text.length * part));
        expect(() => readDescriptor(platform, cut)).toThrow(DamagedDescription);
      }),
    );
  });

  it('is refused without any one of its facts', () => {
    const [vm] = fc.sample(
      described(platform).filter(({ disks, adapters }) => disks.length > 0 && adapters.length > 0),
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
