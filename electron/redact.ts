const hidden = '[redacted]';

/** What may hold a secret, with the part in front of it that may stay. */
const patterns: readonly RegExp[] = [
  /(<(?:\w+:)?password[^>]*>)[^<]*/gi,
  /((?:password|passwd|pwd|secret|token|ticket)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;}&]+)/gi,
  /((?:authorization|cookie|set-cookie)["']?\s*[:=]\s*)[^\r\n]*/gi,
  /(vmware_soap_session=)("[^"]*"|[^\s;]+)/gi,
  /(:\/\/[^/\s:@]+:)[^@\s/]+(?=@)/g,
];

/** The text without anything that looks like a password, a session or a token. */
export const redact = (text: string): string =>
  patterns.reduce((rest, pattern) => rest.replace(pattern, `$1${hidden}`), text);
