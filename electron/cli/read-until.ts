import { AppError } from '../../shared/errors/app-error.ts';

const hour = 60 * 60 * 1_000;
const units: Readonly<Record<string, number>> = { h: hour, d: 24 * hour, w: 7 * 24 * hour };

const fromNow = (text: string, now: number): number | null => {
  const [, count, unit] = /^(\d{1,4})([hdw])$/i.exec(text) ?? [];
  const length = unit === undefined ? undefined : units[unit.toLowerCase()];
  return count === undefined || length === undefined ? null : now + Number(count) * length;
};

/** A day holds to its last moment, a time to itself; both where this machine is. */
const onCalendar = (text: string): number | null => {
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?$/.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hours, minutes] = parts
    .slice(1)
    .map((part) => (part ? Number(part) : undefined));
  const date = new Date(year, month - 1, day, hours ?? 0, minutes ?? 0);
  const isReal = date.getMonth() === month - 1 && date.getDate() === day && (hours ?? 0) < 24 && (minutes ?? 0) < 60;
  if (!isReal) return null;
  return hours === undefined ? new Date(year, month - 1, day + 1).getTime() : date.getTime();
};

/**
 * The end that `--until` names, ms since 1970: `2026-03-31`, `2026-03-31T18:00`, `12h`, `30d`, `8w`.
 * @throws `invalid-input` when it is none of these, or over already
 */
export const readUntil = (text: string | undefined, now: number): number => {
  const refused = (message: string): AppError<'invalid-input'> =>
    new AppError('invalid-input', { issues: [{ path: '--until', message }] });
  if (text === undefined) throw refused('say until when: 2026-03-31, 2026-03-31T18:00, 12h, 30d or 8w');
  const until = fromNow(text, now) ?? onCalendar(text);
  if (until === null) throw refused(`a day, a time or a length is needed (2026-03-31, 12h, 30d, 8w), not ${text}`);
  if (until <= now) throw refused(`${text} is over already`);
  return until;
};
