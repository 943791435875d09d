import type { Language } from '../topic.ts';
import { inSentence } from './error-text.ts';

/** Codes of the operating system that an administrator meets most often (errno(3), Node's dns module). */
const words: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  ECONNREFUSED: { en: 'the connection was refused', ja: '接続を拒否されました' },
  ECONNRESET: { en: 'the connection was cut', ja: '接続が切断されました' },
  EPIPE: { en: 'the connection was cut', ja: '接続が切断されました' },
  ETIMEDOUT: { en: 'no answer came in time', ja: '時間内に応答がありません' },
  EHOSTUNREACH: { en: 'no way leads to this host', ja: 'ホストへの経路がありません' },
  ENETUNREACH: { en: 'no way leads to this network', ja: 'ネットワークへの経路がありません' },
  ENOTFOUND: { en: 'nobody knows this name', ja: '名前を解決できません' },
  EAI_AGAIN: { en: 'the name server does not answer', ja: 'DNS サーバが応答しません' },
};

/** Why a connection failed, as a part of a sentence. A known code stands in brackets behind its words, for searching. */
export const networkReason = (reason: string, language: Language): string => {
  const known = Object.hasOwn(words, reason) ? words[reason] : undefined;
  if (known === undefined) return language === 'en' ? inSentence(reason) : reason;
  return language === 'en' ? `${known.en} (${reason})` : `${known.ja}（${reason}）`;
};
