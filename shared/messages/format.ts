import type { Language } from './topic.ts';

const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes as people read them, base 1024 as VMware and Hyper-V count: value and unit apart so that the unit can be muted. */
export const sizeParts = (bytes: number): { readonly value: string; readonly unit: string } => {
  let amount = bytes;
  let index = 0;
  while (amount >= 1024 && index < units.length - 1) {
    amount /= 1024;
    index += 1;
  }
  const digits = amount >= 100 || Number.isInteger(amount) || index === 0 ? 0 : amount >= 10 ? 1 : 2;
  const value = amount.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: digits });
  return { value, unit: units[index] ?? 'B' };
};

export const size = (bytes: number): string => {
  const { value, unit } = sizeParts(bytes);
  return `${value} ${unit}`;
};

/** A duration in ms: "38 s", "4 min 10 s", "2 h 5 min". */
export const duration = (ms: number, language: Language): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = seconds % 60;
  const [h, m, s] = language === 'ja' ? ['時間', '分', '秒'] : [' h', ' min', ' s'];
  const gap = language === 'ja' ? '' : ' ';
  if (hours > 0) return minutes > 0 ? `${hours}${h}${gap}${minutes}${m}` : `${hours}${h}`;
  if (minutes > 0) return rest > 0 ? `${minutes}${m}${gap}${rest}${s}` : `${minutes}${m}`;
  return `${rest}${s}`;
};

/** How old something is, coarse enough not to flicker: "8 s ago", "26 min ago", "3 days ago". */
export const age = (ms: number, language: Language): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [amount, unit] =
    seconds < 60
      ? ([seconds, 'second'] as const)
      : seconds < 3600
        ? ([Math.floor(seconds / 60), 'minute'] as const)
        : seconds < 86_400
          ? ([Math.floor(seconds / 3600), 'hour'] as const)
          : ([Math.floor(seconds / 86_400), 'day'] as const);
  if (language === 'ja') {
    const words = { second: '秒前', minute: '分前', hour: '時間前', day: '日前' } as const;
    return `${amount}${words[unit]}`;
  }
  const words = { second: 's', minute: 'min', hour: 'h', day: amount === 1 ? 'day' : 'days' } as const;
  return `${amount} ${words[unit]} ago`;
};

/** Local date and time, to the minute when it is not today (`now` in ms since 1970). */
export const clockTime = (at: number, now: number, language: Language): string => {
  const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(
    locale,
    sameDay
      ? { hour: '2-digit', minute: '2-digit', second: '2-digit' }
      : { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  ).format(at);
};
