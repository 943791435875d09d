import { useDialogs } from '../../stores/dialogs.ts';
import { useSites } from '../../stores/sites.ts';
import { AddSiteDialog } from './add-site-dialog.tsx';
import { ConnectSiteDialog } from './connect-site-dialog.tsx';
import './sites.css';

/** The dialogs about sites: to add one, and to answer what a known one needs before it connects. */
export const SiteDialogs = () => {
  const request = useDialogs((state) => state.open);
  const site = request?.kind === 'site' ? request.site : null;
  const status = useSites((state) => state.sites.find((one) => one.site.id === site));
  if (request?.kind === 'add-site') return <AddSiteDialog />;
  return status === undefined ? null : <ConnectSiteDialog key={status.site.id} status={status} />;
};
