import { useMemo } from 'react';
import { type SiteId, siteOf } from '../../shared/domain/ids.ts';
import type { SiteStatus } from '../../shared/domain/site.ts';
import { isOpen } from '../../shared/domain/task.ts';
import { destinationOf } from '../../shared/planning/destination.ts';
import { call } from '../api/call.ts';
import { pickUp } from '../features/drag/pick-up.ts';
import { putDown } from '../features/drag/put-down.ts';
import { useMessages } from '../messages/use-messages.ts';
import { useAnnotations } from '../stores/annotations.ts';
import { openDialog } from '../stores/dialogs.ts';
import { useDrag } from '../stores/drag.ts';
import { useImages } from '../stores/images.ts';
import { useInventory } from '../stores/inventory.ts';
import { isEntity } from '../stores/inventory-index.ts';
import { runCommand } from '../stores/notices.ts';
import { type PlaceId, useSelection } from '../stores/selection.ts';
import { useSites } from '../stores/sites.ts';
import { cancelTask, useTasks } from '../stores/tasks.ts';
import { annotationCommands } from './annotation-commands.ts';
import type { Command, CommandId } from './command.ts';
import { evacuateReason, isStopped, migrateReason } from './migrate-command.ts';
import { recoverCommand } from './recover-command.ts';
import { connectSite } from './site-commands.ts';

/** All commands as they stand now, for the toolbar, the menus and the keys alike. */
export const useCommands = (): Readonly<Record<CommandId, Command>> => {
  const messages = useMessages();
  const place = useSelection((state) => state.place);
  const chosen = useSelection((state) => state.vms);
  const latest = useInventory((state) => state.latest);
  const sites = useSites((state) => state.sites);
  const tasks = useTasks((state) => state.tasks);
  const said = useAnnotations((state) => state.said);
  const held = useDrag((state) => state.drag?.by === 'keyboard');

  return useMemo(() => {
    const { shell } = messages;
    const { index } = latest;
    const vms = [...chosen].flatMap((id) => index.vm(id) ?? []);
    const site = siteInQuestion(place, vms[0]?.site ?? null, sites);
    const isOnline = site !== null && site.connection.kind !== 'offline' && site.connection.kind !== 'failed';
    const running = tasks.filter((task) => chosen.has(task.header.move.vm) && isOpen(task.state));
    const cancellable = running.filter((task) => task.state === 'running' || task.state === 'waiting');
    const target = place !== null && isEntity(place) ? index.place(place) : undefined;
    const canTake = target !== undefined && destinationOf(target) !== null;

    return {
      migrate: {
        id: 'migrate',
        label: vms.length === 0 ? shell.migrate : shell.migrateSome(vms.length),
        icon: 'migrate',
        keys: 'Ctrl+M',
        reason: migrateReason(vms, sites, messages),
        run: () => openDialog({ kind: 'migrate', vms: vms.map((vm) => vm.id), destination: null }),
      },
      evacuate: {
        id: 'evacuate',
        label: shell.evacuate,
        icon: 'evacuate',
        keys: '',
        reason: evacuateReason(vms, sites, messages),
        run: () => openDialog({ kind: 'evacuate', vms: vms.filter(isStopped).map((vm) => vm.id) }),
      },
      restore: {
        id: 'restore',
        label: shell.restore,
        icon: 'restore',
        keys: '',
        reason: null,
        run: () => useImages.getState().open(),
      },
      'pick-up': {
        id: 'pick-up',
        label: shell.cut,
        icon: 'grip',
        keys: 'Ctrl+X',
        reason: migrateReason(vms, sites, messages),
        run: pickUp,
      },
      'put-down': {
        id: 'put-down',
        label: shell.paste,
        icon: 'arrow-right',
        keys: 'Ctrl+V',
        reason: held ? (canTake ? null : shell.why.notAPool) : shell.why.notHeld,
        run: () => {
          if (target !== undefined) putDown(target.id);
        },
      },
      'cancel-task': {
        id: 'cancel-task',
        label: cancellable.length > 1 ? shell.cancelTasks(cancellable.length) : shell.cancelTask,
        icon: 'close',
        keys: '',
        reason: cancellable.length === 0 ? shell.why.noTask : null,
        run: () => {
          for (const task of cancellable) runCommand(() => cancelTask(task.header.id));
        },
      },
      recover: recoverCommand(tasks, chosen, messages),
      ...annotationCommands(vms, said, sites, messages),
      refresh: {
        id: 'refresh',
        label: shell.refresh,
        icon: 'refresh',
        keys: 'F5',
        reason: site === null ? shell.why.noSite : isOnline ? null : shell.why.siteOffline(site.site.name),
        run: () => {
          if (site !== null) runCommand(() => call('inventory.refresh', { site: site.site.id }));
        },
      },
      connection: {
        id: 'connection',
        label: connectionLabel(site, isOnline, shell),
        icon: isOnline ? 'unplug' : 'plug',
        keys: '',
        reason: site === null ? shell.why.noSite : null,
        run: () => {
          if (site === null) return;
          if (isOnline) runCommand(() => call('sites.disconnect', { site: site.site.id }));
          else connectSite(site.site.id);
        },
      },
      'add-site': {
        id: 'add-site',
        label: shell.addSite,
        icon: 'plus',
        keys: '',
        reason: null,
        run: () => openDialog({ kind: 'add-site' }),
      },
    };
  }, [messages, latest, chosen, place, sites, tasks, held, said]);
};

/** The site of what is shown or selected; with a single site there is no question. */
const siteInQuestion = (
  place: PlaceId | null,
  vmSite: SiteId | null,
  sites: readonly SiteStatus[],
): SiteStatus | null => {
  const wanted = vmSite ?? (place === null ? null : isEntity(place) ? siteOf(place) : place);
  const found = sites.find(({ site }) => site.id === wanted);
  return found ?? (sites.length === 1 ? (sites[0] ?? null) : null);
};

const connectionLabel = (
  status: SiteStatus | null,
  isOnline: boolean,
  words: {
    workOfflineAny: string;
    connectAny: string;
    workOffline(name: string): string;
    connect(name: string): string;
  },
): string => {
  if (status === null) return words.workOfflineAny;
  return isOnline ? words.workOffline(status.site.name) : words.connect(status.site.name);
};
