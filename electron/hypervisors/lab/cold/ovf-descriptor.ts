import type { WrittenFile } from '../../transfer.ts';
import { MIB } from '../world/world-state.ts';
import { checkedDescription, DamagedDescription } from './checked-description.ts';
import type { DescribedVm } from './described-vm.ts';
import { element, escapeXml, parseXml, type XmlElement } from './xml.ts';

/** Resource types of CIM, as OVF uses them. */
const resource = { cpu: 3, memory: 4, adapter: 10, floppy: 14, cdrom: 15, disk: 17 } as const;

const namespaces = {
  xmlns: 'http://schemas.dmtf.org/ovf/envelope/1',
  'xmlns:ovf': 'http://schemas.dmtf.org/ovf/envelope/1',
  'xmlns:rasd': 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData',
  'xmlns:vssd': 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData',
  'xmlns:vmw': 'http://www.vmware.com/schema/ovf',
} as const;

const diskFormat = 'http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized';
/** "Other" of CIM_OperatingSystem.OSType: which it is stands in the description. */
const otherSystem = 1;
const noNetwork = '';

const simple = (name: string, value: string | number): string => element(name, {}, escapeXml(`${value}`));
const info = (text: string): string => simple('Info', text);
const config = (key: string, value: string | number | boolean): string =>
  element('vmw:Config', { 'ovf:required': 'false', 'vmw:key': key, 'vmw:value': `${value}` });

/** The schema (DSP8023) wants the settings of an item in the order of their names, and extensions after them. */
const item = (id: number, type: number, name: string, ...more: readonly string[]): string => {
  const settings = [simple('rasd:ElementName', name), simple('rasd:InstanceID', id), simple('rasd:ResourceType', type)];
  const isSetting = (text: string): boolean => text.startsWith('<rasd:');
  return element(
    'Item',
    {},
    ...[...settings, ...more.filter(isSetting)].toSorted(),
    ...more.filter((text) => !isSetting(text)),
  );
};

/** The VM as a package in the Open Virtualization Format. */
export const writeOvf = (vm: DescribedVm, files: readonly WrittenFile[]): string => {
  const idOf = (file: string): string => `file${files.findIndex(({ name }) => name === file) + 1}`;
  const networks = [...new Map(vm.adapters.map(({ network, vlanId }) => [network ?? noNetwork, vlanId]))];
  let id = 0;
  const next = (): number => {
    id += 1;
    return id;
  };
  const items = [
    item(next(), resource.cpu, `${vm.cpuCount} virtual CPU(s)`, simple('rasd:VirtualQuantity', vm.cpuCount)),
    item(
      next(),
      resource.memory,
      `${vm.memoryBytes / MIB}MB of memory`,
      simple('rasd:AllocationUnits', 'byte * 2^20'),
      simple('rasd:VirtualQuantity', vm.memoryBytes / MIB),
    ),
    ...vm.disks.map((disk, number) =>
      item(
        next(),
        resource.disk,
        disk.label,
        simple('rasd:HostResource', `ovf:/disk/vmdisk${number + 1}`),
        config('backing.diskMode', disk.independent ? 'independent_persistent' : 'persistent'),
        config('backing.thinProvisioned', disk.thin),
      ),
    ),
    ...vm.adapters.map((adapter) =>
      item(
        next(),
        resource.adapter,
        adapter.label,
        simple('rasd:AutomaticAllocation', `${adapter.connected}`),
        simple('rasd:Connection', adapter.network ?? noNetwork),
      ),
    ),
    ...vm.cdroms.map((label) => item(next(), resource.cdrom, label)),
    ...vm.floppies.map((label) => item(next(), resource.floppy, label)),
  ];
  const envelope = element(
    'Envelope',
    namespaces,
    element(
      'References',
      {},
      ...files.map(({ name, bytes }) => element('File', { 'ovf:href': name, 'ovf:id': idOf(name), 'ovf:size': bytes })),
    ),
    element(
      'DiskSection',
      {},
      info('List of the virtual disks'),
      ...vm.disks.map((disk, number) =>
        element('Disk', {
          'ovf:capacity': disk.capacityBytes,
          'ovf:capacityAllocationUnits': 'byte',
          'ovf:diskId': `vmdisk${number + 1}`,
          'ovf:fileRef': idOf(disk.file),
          'ovf:format': diskFormat,
          'ovf:populatedSize': disk.storedBytes,
        }),
      ),
    ),
    element(
      'NetworkSection',
      {},
      info('The list of logical networks'),
      ...networks.map(([name, vlanId]) => element('Network', { 'ovf:name': name, 'vmw:vlanId': vlanId })),
    ),
    element(
      'VirtualSystem',
      { 'ovf:id': vm.name },
      info('A virtual machine'),
      simple('Name', vm.name),
      element(
        'OperatingSystemSection',
        { 'ovf:id': otherSystem },
        info('The operating system'),
        simple('Description', vm.guestOs),
      ),
      element(
        'VirtualHardwareSection',
        {},
        info('Virtual hardware requirements'),
        element(
          'System',
          {},
          simple('vssd:ElementName', 'Virtual Hardware Family'),
          simple('vssd:InstanceID', 0),
          simple('vssd:VirtualSystemType', `vmx-${vm.hardwareVersion}`),
        ),
        ...items,
        config('firmware', vm.firmware),
        config('origin', vm.origin),
        ...(vm.firmwareFile === null ? [] : [config('nvram', `ovf:/file/${idOf(vm.firmwareFile)}`)]),
      ),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${envelope}\n`;
};

const only = (parent: XmlElement, name: string): XmlElement => {
  const [first, ...more] = parent.children.filter((child) => child.name === name);
  if (first === undefined || more.length > 0) throw new DamagedDescription(name);
  return first;
};
const all = (parent: XmlElement, name: string): readonly XmlElement[] =>
  parent.children.filter((child) => child.name === name);
const textIn = (parent: XmlElement, name: string): string => only(parent, name).text;
const numberIn = (parent: XmlElement, name: string): number => Number(textIn(parent, name));
const configIn = (parent: XmlElement, key: string): string | undefined =>
  all(parent, 'vmw:Config').find(({ attributes }) => attributes['vmw:key'] === key)?.attributes['vmw:value'];

const reference = (text: string | undefined, start: string): string => {
  if (text?.startsWith(start) !== true) throw new DamagedDescription(start);
  return text.slice(start.length);
};

/** @throws DamagedDescription */
export const readOvf = (source: string): DescribedVm => {
  const envelope = parseXml(source);
  if (envelope.name !== 'Envelope') throw new DamagedDescription(envelope.name);
  const system = only(envelope, 'VirtualSystem');
  const hardware = only(system, 'VirtualHardwareSection');
  const items = all(hardware, 'Item');
  const ofType = (type: number): readonly XmlElement[] =>
    items.filter((each) => numberIn(each, 'rasd:ResourceType') === type);
  const quantity = (type: number): number => {
    const [first, ...more] = ofType(type);
    if (first === undefined || more.length > 0) throw new DamagedDescription(`item ${type}`);
    return numberIn(first, 'rasd:VirtualQuantity');
  };
  const labelOf = (each: XmlElement): string => textIn(each, 'rasd:ElementName');
  const byAttribute = (section: string, name: string, key: string, value: string): XmlElement => {
    const found = all(only(envelope, section), name).find(({ attributes }) => attributes[key] === value);
    if (found === undefined) throw new DamagedDescription(`${name} ${value}`);
    return found;
  };
  const fileOf = (id: string | undefined): string | undefined =>
    byAttribute('References', 'File', 'ovf:id', id ?? '').attributes['ovf:href'];
  const nvram = configIn(hardware, 'nvram');

  return checkedDescription({
    name: textIn(system, 'Name'),
    origin: configIn(hardware, 'origin'),
    guestOs: textIn(only(system, 'OperatingSystemSection'), 'Description'),
    hardwareVersion: Number(reference(textIn(only(hardware, 'System'), 'vssd:VirtualSystemType'), 'vmx-')),
    firmware: configIn(hardware, 'firmware'),
    cpuCount: quantity(resource.cpu),
    memoryBytes: quantity(resource.memory) * MIB,
    dynamicMemory: false,
    disks: ofType(resource.disk).map((each) => {
      const id = reference(textIn(each, 'rasd:HostResource'), 'ovf:/disk/');
      const { attributes } = byAttribute('DiskSection', 'Disk', 'ovf:diskId', id);
      return {
        label: labelOf(each),
        file: fileOf(attributes['ovf:fileRef']),
        capacityBytes: Number(attributes['ovf:capacity']),
        storedBytes: Number(attributes['ovf:populatedSize']),
        independent: configIn(each, 'backing.diskMode') === 'independent_persistent',
        thin: configIn(each, 'backing.thinProvisioned') === 'true',
      };
    }),
    firmwareFile: nvram === undefined ? null : fileOf(reference(nvram, 'ovf:/file/')),
    adapters: ofType(resource.adapter).map((each) => {
      const network = textIn(each, 'rasd:Connection');
      const { attributes } = byAttribute('NetworkSection', 'Network', 'ovf:name', network);
      return {
        label: labelOf(each),
        network: network === noNetwork ? null : network,
        vlanId: Number(attributes['vmw:vlanId']),
        connected: textIn(each, 'rasd:AutomaticAllocation') === 'true',
      };
    }),
    cdroms: ofType(resource.cdrom).map(labelOf),
    floppies: ofType(resource.floppy).map(labelOf),
    checkpoints: [],
  });
};
