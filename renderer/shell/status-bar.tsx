import { Icon } from '../icons/icon.tsx';
import { useMessages } from '../messages/use-messages.ts';
import { type Drag, useDrag } from '../stores/drag.ts';
import { useInventory } from '../stores/inventory.ts';
import { useSelection } from '../stores/selection.ts';
import { useSites } from '../stores/sites.ts';

/** What goes on, at the foot of the window. While VMs are dragged: what the signs mean. */
export const StatusBar = () => {
  const { shell } = useMessages();
  const drag = useDrag((state) => state.drag);
  const { index } = useInventory((state) => state.latest);
  const chosen = useSelection((state) => state.vms);
  // A VM that is gone may still be among the chosen ones.
  const selected = [...chosen].filter((id) => index.vm(id) !== undefined).length;
  return (
    <footer className="status-bar">
      {drag === null ? <Activity /> : <DragLegend drag={drag} />}
      <span className="grow" />
      {selected > 0 && <span className="muted">{shell.status.selected(selected)}</span>}
      <span className="muted">{shell.status.vms(index.vmCount)}</span>
    </footer>
  );
};

const Activity = () => {
  const { shell } = useMessages();
  const sites = useSites((state) => state.sites);
  const reading = sites.find(({ connection }) => connection.kind === 'syncing');
  if (reading?.connection.kind === 'syncing') {
    const { loaded, total } = reading.connection;
    return (
      <span className="status-item" role="status">
        <Icon name="running" size="small" />
        {shell.status.reading(loaded, total, reading.site.name)}
      </span>
    );
  }
  return (
    <span className="status-item">
      <Icon name={sites.length === 0 ? 'info' : 'success'} size="small" />
      {sites.length === 0 ? shell.status.noSites : shell.status.ready}
    </span>
  );
};

const DragLegend = ({ drag }: { readonly drag: Drag }) => {
  const { shell, tree } = useMessages();
  const { index } = useInventory.getState();
  const first = drag.vms[0];
  const pool = first === undefined ? null : (first.pool ?? first.host);
  const alike = drag.vms.every((vm) => (vm.pool ?? vm.host) === pool);
  const from = alike && pool !== null ? (index.place(pool) ?? null) : null;
  // The hidden pool at the top of a cluster has no name people know.
  const named = from?.kind === 'resource-pool' && from.isRoot ? index.place(from.owner) : from;
  return (
    <>
      <span className="status-item strong">
        <Icon name="grip" size="small" />
        {drag.by === 'mouse'
          ? shell.status.dragging(drag.vms.length, named?.name ?? null)
          : shell.status.held(drag.vms.length)}
      </span>
      <span className="status-item tone-ok">
        <Icon name="check" size="small" />
        {tree.allowed}
      </span>
      <span className="status-item tone-warn">
        <Icon name="warning" size="small" />
        {shell.status.partly}
      </span>
      <span className="status-item tone-bad">
        <Icon name="not-allowed" size="small" />
        {tree.notAllowed}
      </span>
      <span className="status-item muted truncate">
        {drag.by === 'mouse' ? shell.status.dropHint : shell.status.pasteHint}
      </span>
      <span className="status-item">
        <span className="key-cap">Esc</span>
        {shell.status.escapeCancels}
      </span>
    </>
  );
};
