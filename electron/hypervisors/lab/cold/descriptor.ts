import type { Platform } from '../../../../shared/domain/platform.ts';
import type { Descriptor, WrittenFile } from '../../transfer.ts';
import { checkedDescription, DamagedDescription } from './checked-description.ts';
import type { DescribedVm } from './described-vm.ts';
import { readOvf, writeOvf } from './ovf-descriptor.ts';

export const writeDescriptor = (platform: Platform, vm: DescribedVm, files: readonly WrittenFile[]): Descriptor =>
  platform === 'vmware'
    ? { extension: 'ovf', text: writeOvf(vm, files) }
    : { extension: 'vmcx.json', text: `${JSON.stringify(vm, null, 2)}\n` };

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new DamagedDescription('it is no JSON');
  }
};

/** @throws DamagedDescription */
export const readDescriptor = (platform: Platform, text: string): DescribedVm =>
  platform === 'vmware' ? readOvf(text) : checkedDescription(readJson(text));
