export type CsvCell = string | number | null;

/** So that spreadsheets read the file as UTF-8 and show Japanese names right. */
const byteOrderMark = '\uFEFF';

/**
 * Names come from servers and from people: one that begins like a formula would be run by a spreadsheet, so it is
 * marked as text (OWASP, "CSV Injection"); control characters would drive the terminal it is printed on.
 */
const csvCell = (value: CsvCell): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const marked = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  const text = marked.replace(/[^\P{Cc}\t\r\n]/gu, '?');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as CSV (RFC 4180), with a byte order mark. */
export const csvText = (headings: readonly string[], rows: readonly (readonly CsvCell[])[]): string =>
  byteOrderMark + [headings, ...rows].map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
