import type { ImageFileKind } from '../../../../shared/domain/evacuation.ts';
import type { ExportFile } from '../../transfer.ts';
import { type DiskFacts, isDisk, readDisk } from '../mapping/device-disk.ts';
import type { XmlNode, XmlValue } from '../xml/xml-node.ts';
import { asList, asNode, listAt, numberAt, textAt, typeOf } from '../xml/xml-values.ts';
import type { LeaseFile } from './lease-info.ts';

/** What a VM tells that helps to name its files. */
export interface ExportedVm {
  /** `config.hardware.device` */
  readonly devices: XmlValue | undefined;
  /** `layoutEx` */
  readonly layout: XmlValue | undefined;
}

/** Of the names a server gives, only an ending that is known is kept. */
const knownEndings: Readonly<Record<string, string>> = { iso: 'iso', flp: 'flp', vmxf: 'vmxf' };

/** What a lease hands out, in words for people, with what is known of its size. */
export const exportFiles = (files: readonly LeaseFile[], vm: ExportedVm): readonly ExportFile[] => {
  const disks = disksOf(vm);
  let others = 0;
  return files.map((file) => {
    const kind = kindOf(file);
    if (kind !== 'disk') {
      if (kind === 'other') others += 1;
      return {
        key: file.key,
        kind,
        label: kind === 'firmware' ? 'NVRAM' : `File ${others}`,
        extension: kind === 'firmware' ? 'nvram' : (knownEndings[endingOf(file.targetId)] ?? 'bin'),
        capacityBytes: null,
        expectedBytes: file.fileSize,
      };
    }
    const number = files.filter((each) => kindOf(each) === 'disk').indexOf(file);
    const disk = disks.find(({ place }) => place === placeOf(file.key)) ?? disks[number];
    return {
      key: file.key,
      kind,
      label: disk?.facts.label ?? `Disk ${number + 1}`,
      extension: 'vmdk',
      capacityBytes: disk?.facts.capacityBytes ?? null,
      expectedBytes: file.fileSize ?? disk?.storedBytes ?? null,
    };
  });
};

const endingOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';

const kindOf = ({ disk, key, targetId }: LeaseFile): ImageFileKind => {
  if (disk) return 'disk';
  return endingOf(targetId) === 'nvram' || key.endsWith('/nvram') ? 'firmware' : 'other';
};

/** Where a disk hangs: `ParaVirtualSCSIController0:1` out of `/vm-12/ParaVirtualSCSIController0:1`. */
const placeOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

interface ExportedDisk {
  readonly facts: DiskFacts;
  readonly place: string;
  /** What it takes on its datastores, which is about what will come: unused parts are left out. */
  readonly storedBytes: number | null;
}

/** Those with files of their own: others are not exported. */
const disksOf = ({ devices, layout }: ExportedVm): readonly ExportedDisk[] => {
  const all = asList(devices).map((device) => asNode(device) ?? {});
  return all.filter(isDisk).flatMap((device) => {
    const facts = readDisk(device, new Set());
    return facts.backing === 'file'
      ? [{ facts, place: hangsAt(device, all), storedBytes: storedBytes(facts.key, layout) }]
      : [];
  });
};

const hangsAt = (disk: XmlNode, all: readonly XmlNode[]): string => {
  const controller = all.find((device) => textAt(device, 'key') === textAt(disk, 'controllerKey'));
  const bus = textAt(controller, 'busNumber') ?? '0';
  return `${typeOf(controller)}${bus}:${textAt(disk, 'unitNumber') ?? '0'}`;
};

/** Of the files a disk consists of, those of its snapshots included (VirtualMachineFileLayoutEx). */
const storedBytes = (diskKey: string, layout: XmlValue | undefined): number | null => {
  const disk = listAt(layout, 'disk').find((each) => textAt(each, 'key') === diskKey);
  const parts = new Set(listAt(disk, 'chain').flatMap((unit) => listAt(unit, 'fileKey')));
  const sizes = listAt(layout, 'file').map((file) =>
    parts.has(textAt(file, 'key') ?? '') ? (numberAt(file, 'size') ?? 0) : 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0) || null;
};
