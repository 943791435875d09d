import { duration } from '../format.ts';
import { type ErrorTexts, inSentence } from './error-text.ts';
import { networkReason } from './network-reason.ts';

const unchanged = { en: 'Nothing was changed on the server.', ja: 'サーバ側は何も変更していません。' };

/** Reaching a site, logging in, staying connected. */
export const siteErrorTexts: ErrorTexts<
  | 'site-unreachable'
  | 'not-a-management-server'
  | 'certificate-unknown'
  | 'certificate-changed'
  | 'login-refused'
  | 'password-needed'
  | 'site-not-connected'
  | 'site-unknown'
  | 'site-kind-unavailable'
  | 'connection-lost'
  | 'session-expired'
  | 'server-timeout'
  | 'unexpected-answer'
> = {
  'site-unreachable': {
    en: ({ address, port, reason }) => ({
      cause: `${address}, port ${port}, could not be reached: ${networkReason(reason, 'en')}.`,
      consequence: unchanged.en,
      remedy: ['Check the address and the port.', 'See whether the server runs and whether a firewall is in the way.'],
    }),
    ja: ({ address, port, reason }) => ({
      cause: `${address} のポート ${port} に到達できません：${networkReason(reason, 'ja')}`,
      consequence: unchanged.ja,
      remedy: ['アドレスとポートを確認してください。', 'サーバの稼働とファイアウォールを確認してください。'],
    }),
  },
  'not-a-management-server': {
    en: ({ address, port, answer }) => ({
      cause: `Something answers at ${address}, port ${port}, but it is not a management server: ${inSentence(answer)}.`,
      consequence: 'No password was sent.',
      remedy: ['Enter the address of the vCenter or the ESXi host itself, not of a web page or a proxy.'],
    }),
    ja: ({ address, port, answer }) => ({
      cause: `${address} のポート ${port} から応答がありましたが、管理サーバではありません：${answer}`,
      consequence: 'パスワードは送信していません。',
      remedy: ['Web ページやプロキシではなく、vCenter または ESXi ホスト自体のアドレスを入力してください。'],
    }),
  },
  'certificate-unknown': {
    en: ({ address }) => ({
      cause: `The certificate of ${address} is not one this machine trusts, and nobody has accepted it yet.`,
      consequence: 'No password was sent.',
      remedy: ['Compare its fingerprint with the server’s administrator, then accept it.'],
    }),
    ja: ({ address }) => ({
      cause: `${address} の証明書はこのマシンでは信頼されておらず、まだ受け入れられていません。`,
      consequence: 'パスワードは送信していません。',
      remedy: ['フィンガープリントをサーバ管理者と照合してから、受け入れてください。'],
    }),
  },
  'certificate-changed': {
    en: ({ address }) => ({
      cause: `${address} shows another certificate than the one that was pinned.`,
      consequence: 'No password was sent; the site stays offline.',
      remedy: ['Ask the server’s administrator whether it got a new certificate.', 'If so, look at it and pin it.'],
    }),
    ja: ({ address }) => ({
      cause: `${address} の証明書が、固定したものと異なります。`,
      consequence: 'パスワードは送信していません。サイトはオフラインのままです。',
      remedy: [
        '証明書が更新されたかをサーバ管理者に確認してください。',
        '更新された場合は、内容を確認して固定してください。',
      ],
    }),
  },
  'login-refused': {
    en: ({ address, userName }) => ({
      cause: `${address} refused the log-in of ${userName}: user or password is wrong, or the account is locked.`,
      consequence: unchanged.en,
      remedy: ['Enter the password again; mind the keyboard layout.', 'Write the user with its domain if it has one.'],
    }),
    ja: ({ address, userName }) => ({
      cause: `${address} が ${userName} のログインを拒否しました。ユーザー名かパスワードが違うか、アカウントがロックされています。`,
      consequence: unchanged.ja,
      remedy: [
        'パスワードを入力し直してください（キーボード配列に注意）。',
        'ドメインがある場合は、ユーザー名に含めてください。',
      ],
    }),
  },
  'password-needed': {
    en: ({ siteName }) => ({
      cause: `No password is at hand for ${siteName}.`,
      consequence: 'The site stays offline; its cached inventory can be read.',
      remedy: ['Connect the site and enter the password.'],
    }),
    ja: ({ siteName }) => ({
      cause: `${siteName} のパスワードがありません。`,
      consequence: 'サイトはオフラインのままです。キャッシュしたインベントリは閲覧できます。',
      remedy: ['サイトに接続し、パスワードを入力してください。'],
    }),
  },
  'site-not-connected': {
    en: ({ siteName }) => ({
      cause: `${siteName} is not connected.`,
      consequence: 'What needs the server cannot be done now.',
      remedy: [`Connect ${siteName}, then try again.`],
    }),
    ja: ({ siteName }) => ({
      cause: `${siteName} に接続していません。`,
      consequence: 'サーバが必要な操作はできません。',
      remedy: [`${siteName} に接続して、再試行してください。`],
    }),
  },
  'site-unknown': {
    en: ({ site }) => ({
      cause: `The site ${site} is no longer in the console.`,
      consequence: '',
      remedy: ['Add the site again.'],
    }),
    ja: ({ site }) => ({
      cause: `サイト ${site} は登録されていません。`,
      consequence: '',
      remedy: ['サイトを登録し直してください。'],
    }),
  },
  'site-kind-unavailable': {
    en: ({ kind }) => ({
      cause: `Sites of the kind ${kind} are not available in this version.`,
      consequence: '',
      remedy: ['Choose another kind of site.'],
    }),
    ja: ({ kind }) => ({
      cause: `種別 ${kind} のサイトは、このバージョンでは未対応です。`,
      consequence: '',
      remedy: ['別の種別のサイトを選択してください。'],
    }),
  },
  'connection-lost': {
    en: ({ address, reason }) => ({
      cause: `The connection to ${address} was lost: ${networkReason(reason, 'en')}.`,
      consequence: 'What was running there may go on; it is found out when the site is connected again.',
      remedy: ['See whether the server runs and the network is up.', 'Connect the site again.'],
    }),
    ja: ({ address, reason }) => ({
      cause: `${address} との接続が切れました：${networkReason(reason, 'ja')}`,
      consequence: '実行中だった処理は続いている可能性があります。再接続時に確認します。',
      remedy: ['サーバとネットワークの状態を確認してください。', 'サイトに再接続してください。'],
    }),
  },
  'session-expired': {
    en: ({ address }) => ({
      cause: `${address} ended the session, and logging in again did not succeed.`,
      consequence: 'The inventory is no longer followed until the site is connected again.',
      remedy: ['Connect the site again.'],
    }),
    ja: ({ address }) => ({
      cause: `${address} がセッションを終了し、再ログインもできませんでした。`,
      consequence: '再接続するまで、インベントリは更新されません。',
      remedy: ['サイトに再接続してください。'],
    }),
  },
  'server-timeout': {
    en: ({ address, operation, afterMs }) => ({
      cause: `${address} did not answer within ${duration(afterMs, 'en')} (${operation}).`,
      consequence: 'Whether the server carried it out is not known until it answers again.',
      remedy: ['See whether the server is overloaded or the network is slow.', 'Try again.'],
    }),
    ja: ({ address, operation, afterMs }) => ({
      cause: `${address} が${duration(afterMs, 'ja')}以内に応答しませんでした（${operation}）。`,
      consequence: '実行されたかどうかは、応答が戻るまで分かりません。',
      remedy: ['サーバの負荷とネットワークの遅延を確認してください。', '再試行してください。'],
    }),
  },
  'unexpected-answer': {
    en: ({ address, operation, detail }) => ({
      cause: `${address} answered in a way the console does not understand (${operation}): ${detail}`,
      consequence: 'The answer was not used.',
      remedy: ['Try again.', 'If it stays, see whether a proxy changes the traffic, and report the details.'],
    }),
    ja: ({ address, operation, detail }) => ({
      cause: `${address} の応答を解釈できません（${operation}）：${detail}`,
      consequence: '応答は使用していません。',
      remedy: ['再試行してください。', '続く場合は、プロキシの影響を確認し、詳細を報告してください。'],
    }),
  },
};
