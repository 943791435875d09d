import { AppError } from '../../../../shared/errors/app-error.ts';

/**
 * Keeps a wrong password from locking an account: servers commonly do that after five refusals. One guard stands
 * before all sessions of a site.
 */
export interface LoginGuard {
  /** @throws `login-refused` when the password was refused too often already */
  admit(): void;
  /** How long to wait before the next try, in ms; grows with every refusal. */
  waitMs(): number;
  accepted(): void;
  refused(): void;
  /** Whether another try is allowed. */
  mayTryAgain(): boolean;
}

const mostRefusals = 3;

export const createLoginGuard = (address: string, userName: string): LoginGuard => {
  let refusals = 0;
  return {
    admit: () => {
      if (refusals >= mostRefusals) throw new AppError('login-refused', { address, userName });
    },
    waitMs: () => (refusals === 0 ? 0 : 1000 * 4 ** (refusals - 1)),
    accepted: () => {
      refusals = 0;
    },
    refused: () => {
      refusals += 1;
    },
    mayTryAgain: () => refusals < mostRefusals,
  };
};
