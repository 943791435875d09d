import type { ReactNode } from 'react';
import type {
  NetworkAdapter,
  RemovableMedia,
  VirtualDisk,
  VirtualMachine,
} from '../../../shared/domain/virtual-machine.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import { clockTime, size } from '../../../shared/messages/format.ts';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { now } from '../../messages/clock.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';

type Words = Messages['poolDetails'];

interface Line {
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

/** A VM's devices and what else is known of it. What the platform did not tell is said to be so, not left out. */
export const VmFactGroups = ({ vm }: { readonly vm: VirtualMachine }) => {
  const { poolDetails } = useMessages();
  const language = useLanguage();
  const index = useInventory((state) => state.latest.index);
  const drives =
    vm.cdroms === undefined && vm.floppies === undefined ? undefined : [...(vm.cdroms ?? []), ...(vm.floppies ?? [])];
  return (
    <div className="fact-groups">
      <Group uncounted icon="info" title={poolDetails.facts} lines={generalLines(vm, poolDetails)} />
      <Group icon="datastore" title={poolDetails.disks} lines={vm.disks?.map((disk) => diskLine(disk, poolDetails))} />
      <Group
        icon="network"
        title={poolDetails.adapters}
        lines={vm.adapters?.map((adapter) => {
          const network = adapter.network ? index.place(adapter.network)?.name : undefined;
          return adapterLine(adapter, network, poolDetails);
        })}
      />
      <Group icon="disc" title={poolDetails.drives} lines={drives?.map((drive) => driveLine(drive, poolDetails))} />
      <Group
        icon="snapshot"
        title={vm.pool === null ? poolDetails.checkpoints : poolDetails.snapshots}
        lines={vm.checkpoints?.map((checkpoint) => ({
          key: checkpoint.id,
          name: checkpoint.name,
          text: checkpoint.createdAt === undefined ? '' : clockTime(checkpoint.createdAt, now(), language),
        }))}
      />
      <Group
        icon="usb"
        title={poolDetails.devices}
        lines={vm.otherDevices?.map((device) => ({
          key: device.key,
          name: device.label,
          text: poolDetails.deviceTypes[device.type],
        }))}
      />
    </div>
  );
};

interface GroupProps {
  readonly icon: IconName;
  readonly title: string;
  readonly uncounted?: boolean;
  /** Undefined: the platform did not tell. */
  readonly lines: readonly Line[] | undefined;
}

const Group = ({ icon, title, uncounted, lines }: GroupProps): ReactNode => {
  const { poolDetails } = useMessages();
  return (
    <section className="fact-group">
      <h3 className="strong row">
        <Icon name={icon} size="small" tone="muted" />
        {title}
        {uncounted !== true && lines !== undefined && lines.length > 1 && (
          <span className="muted fact-count">{lines.length}</span>
        )}
      </h3>
      {lines === undefined ? (
        <p className="row small tone-warn">
          <Icon name="not-determined" size="small" />
          {poolDetails.notTold}
        </p>
      ) : lines.length === 0 ? (
        <p className="small muted">{poolDetails.none}</p>
      ) : (
        <dl className="fact-lines">
          {lines.map((line) => (
            <div key={line.key}>
              <dt>{line.name}</dt>
              <dd>{line.text}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
};

const joined = (...parts: readonly (string | undefined | false)[]): string => parts.filter(Boolean).join(' · ');

const generalLines = (vm: VirtualMachine, words: Words): readonly Line[] => [
  { key: 'guest', name: words.guestOs, text: vm.guestOs ?? words.notTold },
  { key: 'hardware', name: words.hardware, text: vm.hardwareVersion?.toString() ?? words.notTold },
  { key: 'firmware', name: words.firmware, text: vm.firmware?.toUpperCase() ?? words.notTold },
  { key: 'stored', name: words.stored, text: vm.storedBytes === undefined ? words.notTold : size(vm.storedBytes) },
  {
    key: 'rules',
    name: words.rules,
    text: vm.placementRules?.join(', ') || (vm.placementRules ? words.none : words.notTold),
  },
  { key: 'uuid', name: words.instanceUuid, text: vm.instanceUuid ?? words.notTold },
];

const diskLine = (disk: VirtualDisk, words: Words): Line => ({
  key: disk.key,
  name: disk.label,
  text: joined(
    size(disk.capacityBytes),
    disk.backing === 'raw-device-mapping' && words.rawDevice,
    disk.backing === 'pass-through' && words.passThrough,
    disk.thin === undefined ? undefined : disk.thin ? words.thin : words.thick,
    disk.mode === 'independent' && words.independent,
    disk.shared === true && words.shared,
    disk.fileName,
  ),
});

const adapterLine = (adapter: NetworkAdapter, network: string | undefined, words: Words): Line => ({
  key: adapter.key,
  name: adapter.label,
  text: joined(
    network ?? adapter.networkName ?? (adapter.network === null ? words.none : words.notTold),
    adapter.vlanId !== undefined && words.vlan(adapter.vlanId),
    adapter.macAddress,
    adapter.macIsStatic === true && words.macStatic,
    adapter.connected === undefined ? undefined : adapter.connected ? words.connected : words.notConnected,
    adapter.srIov === true && 'SR-IOV',
  ),
});

const driveLine = (drive: RemovableMedia, words: Words): Line => ({
  key: drive.key,
  name: drive.label,
  text: joined(
    drive.fileName ?? words.media[drive.media],
    drive.media !== 'none' && drive.connected !== undefined && (drive.connected ? words.connected : words.notConnected),
  ),
});
