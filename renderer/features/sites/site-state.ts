import type { SiteStatus } from '../../../shared/domain/site.ts';
import type { Messages } from '../../../shared/messages/catalog.ts';
import type { IconName, IconProps } from '../../icons/icon.tsx';

export interface SiteState {
  readonly icon: IconName;
  readonly tone: IconProps['tone'];
  readonly word: string;
  /** Whether the age of the data says something beside the word. */
  readonly showsAge: boolean;
}

/** Data of a connected site older than this is stale, in ms. */
export const staleAfter = 10 * 60_000;

/** A site's state in shape, colour and word. `stale`: connected, but its data has not been confirmed for too long. */
export const siteState = ({ connection }: SiteStatus, stale: boolean, { sites }: Messages): SiteState => {
  const words = sites.states;
  switch (connection.kind) {
    case 'connected':
      return stale
        ? { icon: 'waiting', tone: 'warn', word: words.stale, showsAge: true }
        : { icon: 'success', tone: 'ok', word: words.connected, showsAge: true };
    case 'connecting':
      return { icon: 'running', tone: 'muted', word: words.connecting, showsAge: false };
    case 'syncing':
      return {
        icon: 'running',
        tone: 'brand',
        word: words.syncing(connection.loaded, connection.total),
        showsAge: false,
      };
    case 'offline':
      return { icon: 'unplug', tone: 'muted', word: words.offline, showsAge: true };
    case 'failed':
      switch (connection.error.code) {
        case 'certificate-changed':
        case 'certificate-unknown':
          return { icon: 'blocker', tone: 'bad', word: words.certificateChanged, showsAge: false };
        case 'password-needed':
          return { icon: 'key', tone: 'warn', word: words.passwordNeeded, showsAge: false };
        default:
          return { icon: 'failed', tone: 'bad', word: words.failed, showsAge: true };
      }
    default: {
      const never: never = connection;
      return never;
    }
  }
};
