import {
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Popover,
  PopoverSurface,
  PopoverTrigger,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { SiteStatus } from '../../../shared/domain/site.ts';
import { call } from '../../api/call.ts';
import { Icon } from '../../icons/icon.tsx';
import { useAge, useOlderThan } from '../../messages/use-age.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { runCommand } from '../../stores/notices.ts';
import { useSites } from '../../stores/sites.ts';
import { SiteCard } from './site-card.tsx';
import { siteState, staleAfter } from './site-state.ts';
import './sites.css';

/** More sites than this share one chip, so that the toolbar keeps its room. */
const chipsAtMost = 3;

/** The sites with their state, at the right of the toolbar; each opens what can be done with it. */
export const SiteChips = () => {
  const { sites: words } = useMessages();
  const sites = useSites((state) => state.sites);
  const apart = sites.length <= chipsAtMost ? sites : sites.slice(0, chipsAtMost - 1);
  const together = sites.slice(apart.length);
  return (
    <fieldset className="site-chips" aria-label={words.sites}>
      {apart.map((status) => (
        <SiteChip key={status.site.id} status={status} />
      ))}
      {together.length > 0 && <MoreSites sites={together} />}
      <AddMenu />
    </fieldset>
  );
};

const SiteChip = ({ status }: { readonly status: SiteStatus }) => {
  const messages = useMessages();
  const [open, setOpen] = useState(false);
  const readAt = status.inventoryReadAt;
  const age = useAge(readAt ?? 0);
  const stale = useOlderThan(readAt, staleAfter);
  const state = siteState(status, stale, messages);
  const tail = !state.showsAge || readAt === null ? '' : ` · ${age}`;
  return (
    <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} positioning="below-end" trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button
          type="button"
          className="site-chip"
          aria-label={messages.sites.chip(status.site.name, state.word + tail)}
        >
          <Icon name={state.icon} tone={state.tone} size="small" />
          <span className="site-chip-name strong truncate">{status.site.name}</span>
          <span
            className={`site-chip-state truncate ${
              state.tone === 'ok' || state.tone === undefined ? 'muted' : `tone-${state.tone}`
            }`}
          >
            {state.word}
            {tail}
          </span>
        </button>
      </PopoverTrigger>
      <PopoverSurface className="site-popover">
        <SiteCard status={status} onDone={() => setOpen(false)} />
      </PopoverSurface>
    </Popover>
  );
};

const MoreSites = ({ sites }: { readonly sites: readonly SiteStatus[] }) => {
  const { sites: words } = useMessages();
  const [open, setOpen] = useState(false);
  const failing = sites.some((status) => status.connection.kind === 'failed');
  return (
    <Popover open={open} onOpenChange={(_event, data) => setOpen(data.open)} positioning="below-end" trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className="site-chip">
          {failing && <Icon name="failed" tone="bad" size="small" />}
          {words.moreSites(sites.length)}
        </button>
      </PopoverTrigger>
      <PopoverSurface className="site-popover">
        {sites.map((status) => (
          <SiteCard key={status.site.id} status={status} onDone={() => setOpen(false)} />
        ))}
      </PopoverSurface>
    </Popover>
  );
};

const AddMenu = () => {
  const { sites } = useMessages();
  return (
    <Menu positioning="below-end">
      <MenuTrigger>
        <button
          type="button"
          className="button button-subtle button-icon"
          aria-label={sites.addSite}
          title={sites.addSite}
        >
          <Icon name="plus" />
        </button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => openDialog({ kind: 'add-site' })}>{sites.addSiteEllipsis}</MenuItem>
          <MenuItem onClick={() => runCommand(() => call('sites.addLab', {}))} title={sites.openLabHint}>
            {sites.openLab}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
