import type { ReplyOf, RequestName, RequestOf } from '../../shared/ipc/contract.ts';

export interface CallContext {
  /** Aborted when the window cancels the call or goes away. */
  readonly signal: AbortSignal;
}

/** One function per request of the contract. A request without one does not compile. */
export type Handlers = {
  readonly [Name in RequestName]: (
    request: RequestOf<Name>,
    context: CallContext,
  ) => Promise<ReplyOf<Name>> | ReplyOf<Name>;
};

/** The handlers of one area of the contract: `sites`, `tasks` … */
export type HandlersOf<Area extends string> = Pick<Handlers, Extract<RequestName, `${Area}.${string}`>>;
