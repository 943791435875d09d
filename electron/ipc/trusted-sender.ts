/** The one page of the console: `app://console/`. */
export const pageScheme = 'app';
export const pageHost = 'console';
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/** What Electron tells of the frame a message came from; null once that frame is gone. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** True for the console's own page in the top frame of its window; false for any other page and for frames within it. */
export const isTrustedSender = (frame: SenderFrame | null | undefined): boolean => {
  if (!frame || (frame.parent !== null && frame.parent !== undefined)) return false;
  try {
    // `origin` is "null" for schemes that URL does not know, so scheme and host are compared one by one.
    const { protocol, host, username, password } = new URL(frame.url);
    return protocol === `${pageScheme}:` && host === pageHost && username === '' && password === '';
  } catch {
    return false;
  }
};
