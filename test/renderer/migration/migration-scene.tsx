import { screen } from '@testing-library/react';
import { MigrationDialog } from '../../../renderer/features/migration/migration-dialog.tsx';
import { openDialog } from '../../../renderer/stores/dialogs.ts';
import { type Finding, finding } from '../../../shared/domain/finding.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import type { MigrationOperation } from '../../../shared/domain/migration.ts';
import type { VirtualMachine } from '../../../shared/domain/virtual-machine.ts';
import type { FakeBridgeOptions } from '../../support/fake-bridge.ts';
import {
  aCluster,
  aDatastore,
  aHost,
  aNetwork,
  aPool,
  aVm,
  destinationOf,
  GIB,
} from '../../support/inventory-builders.ts';
import { aTaskView } from '../../support/task-views.ts';
import { prepareWindow, show } from '../../support/window-harness.tsx';

/* A running VM on its way to a pool of two hosts, and what the tests of the dialog ask about it. */

export const network = aNetwork({ name: 'net-01' });
export const backup = aNetwork({ name: 'net-backup' });
export const stagingNetwork = aNetwork({ name: 'net-staging' });
export const datastore = aDatastore({ name: 'ds-01' });
export const small = aDatastore({ name: 'ds-small', freeBytes: 10 * GIB });
export const host = aHost({
  name: 'esx-11',
  networks: [network.id, stagingNetwork.id],
  datastores: [datastore.id, small.id],
});
export const other = aHost({ name: 'esx-12', networks: [network.id], datastores: [datastore.id] });
export const pool = aPool({ name: 'rp-staging' });
export const production = aPool({ name: 'rp-prod' });
export const infrastructure = [aCluster(), pool, production, host, other, datastore, small, network, stagingNetwork];

export const web = aVm({ name: 'web-01', pool: production.id });
export const proxy = aVm({ name: 'proxy-01', pool: production.id, powerState: 'suspended' });
export const report = aVm({ name: 'report-01', pool: production.id, powerState: 'off' });

export const warning = (vm: EntityId, message = 'A DRS rule is lost'): Finding =>
  finding({ ruleId: 'X20', severity: 'warning', vm, destination: pool.id, factReadAt: null }, 'X20', {
    vm: 'web-01',
    fault: 'RuleViolation',
    message,
    host: null,
  });

export interface Scene {
  readonly vms?: readonly VirtualMachine[];
  readonly destination?: typeof pool | null;
  readonly findings?: readonly Finding[];
  readonly answers?: FakeBridgeOptions['answers'];
}

export const open = ({ vms = [web], destination = pool, findings = [], answers = {} }: Scene = {}) => {
  const bridge = prepareWindow({
    infrastructure,
    vms,
    answers: {
      'migration.check': () => ({ findings, checkedAt: Date.now() }),
      'inventory.facts': ({ ids }) => vms.filter((vm) => ids.includes(vm.id)).map((vm) => ({ vm, readAt: Date.now() })),
      'migration.start': ({ operation }) =>
        operation.moves.map((move, at) => aTaskView({ number: at + 1, move, operation: operation.id })),
      ...answers,
    },
  });
  openDialog({
    kind: 'migrate',
    vms: vms.map((vm) => vm.id),
    destination: destination === null ? null : destinationOf(destination),
  });
  show(<MigrationDialog />);
  return bridge;
};

export const startButton = () => screen.getByRole('button', { name: /Start migration|Starting/ });
export const canStart = () => startButton().getAttribute('aria-disabled') === 'false';
export const started = (bridge: ReturnType<typeof open>): MigrationOperation | undefined => {
  const asked = bridge.asked.find((one) => one.name === 'migration.start')?.payload as
    | { operation: MigrationOperation }
    | undefined;
  return asked?.operation;
};
export const checks = (bridge: ReturnType<typeof open>) =>
  bridge.asked
    .filter((one) => one.name === 'migration.check')
    .map((one) => (one.payload as { operation: MigrationOperation }).operation);
