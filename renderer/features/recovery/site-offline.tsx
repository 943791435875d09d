import type { SiteStatus } from '../../../shared/domain/site.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { connectSite } from '../../shell/site-commands.ts';

/** Without its site nothing can be said of a VM; connecting it looks again by itself. */
export const SiteOffline = ({ status: { site, connection } }: { readonly status: SiteStatus }) => {
  const { recovery } = useMessages();
  return (
    <div className="note note-warn" role="status">
      <Icon name="unplug" tone="warn" />
      <span className="grow">{recovery.siteOffline(site.name)}</span>
      <button
        type="button"
        className="button button-small"
        disabled={connection.kind === 'connecting'}
        onClick={() => connectSite(site.id)}
      >
        {recovery.connect(site.name)}
      </button>
    </div>
  );
};
