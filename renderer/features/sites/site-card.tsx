import { useState } from 'react';
import type { CertificateInfo, SiteStatus } from '../../../shared/domain/site.ts';
import { toWire, type WireError } from '../../../shared/errors/app-error.ts';
import { clockTime } from '../../../shared/messages/format.ts';
import { call } from '../../api/call.ts';
import { Icon } from '../../icons/icon.tsx';
import { now } from '../../messages/clock.ts';
import { useAge, useOlderThan } from '../../messages/use-age.ts';
import { useLanguage, useMessages } from '../../messages/use-messages.ts';
import { connectSite } from '../../shell/site-commands.ts';
import { openDialog } from '../../stores/dialogs.ts';
import { runCommand } from '../../stores/notices.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { siteState, staleAfter } from './site-state.ts';
import { useBusy } from './use-busy.ts';

export interface SiteCardProps {
  readonly status: SiteStatus;
  /** Something was started that shows elsewhere: the popover may go. */
  readonly onDone: () => void;
}

/** One site: what it is, how it stands, and everything that can be done with its connection. */
export const SiteCard = ({ status, onDone }: SiteCardProps) => {
  const messages = useMessages();
  const { sites } = messages;
  const { site, connection } = status;
  const stale = useOlderThan(status.inventoryReadAt, staleAfter);
  const state = siteState(status, stale, messages);
  const act = (command: () => Promise<unknown>) => {
    runCommand(command);
    onDone();
  };
  const remove = () => {
    onDone();
    openDialog({
      kind: 'confirm',
      title: sites.removeTitle(site.name),
      text: sites.removeText(site.name),
      act: sites.removeAct,
      danger: true,
      onConfirm: () => runCommand(() => call('sites.remove', { site: site.id })),
    });
  };
  const isUp = connection.kind === 'connected' || connection.kind === 'syncing';
  return (
    <section className="site-card" aria-label={site.name}>
      <header className="row">
        <Icon name="site" />
        <h3 className="strong truncate">{site.name}</h3>
        <span className="muted small">{sites.kinds[site.kind]}</span>
        <span className="grow" />
        <span className={`row small tone-${state.tone ?? 'muted'} site-card-state`}>
          <Icon name={state.icon} size="small" />
          {state.word}
        </span>
      </header>
      <SiteFacts status={status} />
      {connection.kind === 'failed' && (
        <SiteFailure status={status} error={connection.error} retryAt={connection.retryAt} onDone={onDone} />
      )}
      <TestOfSite status={status} />
      <footer className="row site-card-actions">
        {connection.kind === 'connecting' || isUp ? (
          <button
            type="button"
            className="button button-small"
            onClick={() => act(() => call('sites.disconnect', { site: site.id }))}
          >
            <Icon name="unplug" size="small" />
            {sites.workOffline}
          </button>
        ) : (
          <button
            type="button"
            className="button button-small"
            onClick={() => {
              connectSite(site.id);
              onDone();
            }}
          >
            <Icon name="plug" size="small" />
            {connection.kind === 'failed' ? sites.reconnect : sites.connect}
          </button>
        )}
        {isUp && (
          <button
            type="button"
            className="button button-small"
            onClick={() => act(() => call('inventory.refresh', { site: site.id }))}
          >
            <Icon name="refresh" size="small" />
            {sites.refresh}
          </button>
        )}
        <span className="grow" />
        <button type="button" className="button button-small button-subtle" onClick={remove}>
          <Icon name="trash" size="small" />
          {sites.remove}
        </button>
      </footer>
    </section>
  );
};

const SiteFacts = ({ status }: { readonly status: SiteStatus }) => {
  const { sites } = useMessages();
  const { site, about, inventoryReadAt, vmCount } = status;
  const age = useAge(inventoryReadAt ?? 0);
  return (
    <dl className="site-facts">
      {site.address !== '' && (
        <>
          <dt>{sites.facts.address}</dt>
          <dd>
            {site.address}
            {site.port !== 443 && `:${site.port}`}
          </dd>
          <dt>{sites.facts.user}</dt>
          <dd>{site.userName}</dd>
        </>
      )}
      {about !== null && (
        <>
          <dt>{sites.facts.product}</dt>
          <dd>
            {about.product} {about.version}
          </dd>
        </>
      )}
      <dt>{sites.facts.inventory}</dt>
      <dd>{inventoryReadAt === null ? sites.neverRead : `${sites.vmCount(vmCount)} · ${age}`}</dd>
    </dl>
  );
};

interface SiteFailureProps extends SiteCardProps {
  readonly error: WireError;
  readonly retryAt: number | null;
}

const SiteFailure = ({ status, error, retryAt, onDone }: SiteFailureProps) => {
  const { sites } = useMessages();
  const language = useLanguage();
  const ask = () => {
    onDone();
    openDialog({ kind: 'site', site: status.site.id });
  };
  const asksFor =
    error.code === 'certificate-changed' || error.code === 'certificate-unknown'
      ? sites.showCertificate
      : error.code === 'password-needed' || error.code === 'login-refused'
        ? sites.enterPassword
        : null;
  return (
    <>
      <ErrorNote
        error={error}
        actions={
          asksFor !== null && (
            <button type="button" className="button button-small" onClick={ask}>
              {asksFor}
            </button>
          )
        }
      />
      {retryAt !== null && <p className="muted small">{sites.retryAt(clockTime(retryAt, now(), language))}</p>}
    </>
  );
};

type TestOutcome =
  | { readonly kind: 'answered'; readonly product: string | null; readonly certificate: CertificateInfo | null }
  | { readonly kind: 'failed'; readonly error: WireError };

/** Asks the server whether it answers, without logging in, and whether its certificate is the pinned one. */
const TestOfSite = ({ status }: { readonly status: SiteStatus }) => {
  const { sites } = useMessages();
  const [outcome, setOutcome] = useState<TestOutcome | null>(null);
  const busy = useBusy();
  const { kind, address, port, pinnedCertificate } = status.site;
  if (address === '') return null;
  const test = () => {
    if (busy.what !== null) return;
    busy.run(sites.testing, async (signal) => {
      setOutcome(null);
      try {
        const { about, certificate } = await call('sites.probe', { kind, address, port }, { signal });
        setOutcome({
          kind: 'answered',
          product: about === null ? null : `${about.product} ${about.version}`,
          certificate,
        });
      } catch (error) {
        setOutcome({ kind: 'failed', error: toWire(error) });
      }
    });
  };
  const pinned = outcome?.kind === 'answered' && outcome.certificate?.fingerprintSha256 === pinnedCertificate;
  return (
    <div className="site-test" aria-live="polite">
      <button type="button" className="link small" aria-disabled={busy.what !== null} onClick={test}>
        {busy.what ?? sites.test}
      </button>
      {outcome?.kind === 'answered' && (
        <p className="small">
          {sites.testOk(outcome.product)}{' '}
          {outcome.certificate !== null && pinnedCertificate !== null && (
            <span className={pinned ? 'tone-ok' : 'tone-bad'}>
              {pinned ? sites.testOkCertificate : sites.testCertificateDiffers}
            </span>
          )}
        </p>
      )}
      {outcome?.kind === 'failed' && <ErrorNote title={sites.testFailed} error={outcome.error} onRetry={test} />}
    </div>
  );
};
