import fc from 'fast-check';
import type { DescribedVm } from '../../../../../electron/hypervisors/lab/cold/described-vm.ts';
import { MIB } from '../../../../../electron/hypervisors/lab/world/world-state.ts';
import type { WrittenFile } from '../../../../../electron/hypervisors/transfer.ts';
import type { Platform } from '../../../../../shared/domain/platform.ts';

const size = fc.integer({ min: 1, max: 2 ** 45 });
const unit = fc.oneof(
  { weight: 20, arbitrary: fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.constantFrom('\t', '\n', '\r') },
);
const readableName = fc.string({ minLength: 1, maxLength: 20, unit });

/** Any VM that a descriptor can tell of. */
export const anyDescribedVm = (
  platform: Platform,
  name: fc.Arbitrary<string> = readableName,
): fc.Arbitrary<DescribedVm> =>
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

export const filesOf = ({ disks, firmwareFile }: DescribedVm): readonly WrittenFile[] =>
  [...disks.map(({ file }) => file), ...(firmwareFile === null ? [] : [firmwareFile])].map((file) => ({
    key: file,
    name: file,
    bytes: 1,
    capacityBytes: null,
    sha1: '',
    sha256: '',
  }));
