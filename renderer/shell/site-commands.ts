import type { SiteId } from '../../shared/domain/ids.ts';
import { type ErrorCode, hasCode } from '../../shared/errors/app-error.ts';
import { call } from '../api/call.ts';
import { openDialog } from '../stores/dialogs.ts';
import { notifyError } from '../stores/notices.ts';

/** Failures that a person answers in the site's own dialog: with a password, or by looking at the certificate. */
const answerable: readonly ErrorCode[] = [
  'password-needed',
  'login-refused',
  'certificate-unknown',
  'certificate-changed',
];

/** Connects with what is known of the site; asks in its dialog for what is missing. */
export const connectSite = (site: SiteId): void => {
  call('sites.connect', { site }).catch((error: unknown) => {
    if (answerable.some((code) => hasCode(error, code))) openDialog({ kind: 'site', site });
    else notifyError(error);
  });
};
