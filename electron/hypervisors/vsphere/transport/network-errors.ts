import { AppError } from '../../../../shared/errors/app-error.ts';

/**
 * `contact`: before anything was agreed with the server; then a failure means that it cannot be reached.
 * `session`: it was there before; then a failure means that it was lost, and what was asked may have been done.
 */
export type ConnectionPhase = 'contact' | 'session';

/** Errors of a TLS library that met something which does not speak TLS. */
const notTls = new Set(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

/** An error of a socket in the words of the console. What already is an AppError stays. */
export const asConnectionError = (
  error: unknown,
  { address, port }: { readonly address: string; readonly port: number },
  phase: ConnectionPhase,
): AppError => {
  if (error instanceof AppError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const reason = code ?? message ?? String(error);
  if (phase === 'session') return new AppError('connection-lost', { address, reason }, error);
  if (code !== undefined && (notTls.has(code) || code.startsWith('ERR_SSL_'))) {
    return new AppError('not-a-management-server', { address, port, answer: 'no TLS' }, error);
  }
  return new AppError('site-unreachable', { address, port, reason }, error);
};
