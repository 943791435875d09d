import { AppError } from '../../shared/errors/app-error.ts';
import type { Bridge } from '../../shared/ipc/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent when the page was opened in an ordinary browser. */
    readonly vmConsole?: Bridge;
  }
}

/**
 * The way to the main process.
 * @throws {AppError} `internal` when the page runs without its preload script
 */
export const bridge = (): Bridge => {
  if (window.vmConsole === undefined) throw new AppError('internal', { detail: 'the window has no bridge' });
  return window.vmConsole;
};
