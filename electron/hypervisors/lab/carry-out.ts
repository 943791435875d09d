import type { Site } from '../../../shared/domain/site.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { LabAct } from './lab-faults.ts';
import type { LabServer } from './lab-server.ts';
import { addressOf, type SessionGate } from './session-gate.ts';

/**
 * Has the platform do something that changes it, unless a fault was ordered for it.
 * @throws AppError as {@link SessionGate.call}; `platform-fault`, `connection-lost` when that was ordered
 */
export type CarryOut = <Answer>(act: LabAct, signal: AbortSignal, work: () => Answer) => Promise<Answer>;

export const createCarryOut = (server: LabServer, gate: SessionGate, site: Site): CarryOut => {
  const { faults, book } = server;
  const answerLost = (): AppError =>
    new AppError('connection-lost', { address: addressOf(site), reason: 'the answer never arrived' });
  const losesAnswer = (act: LabAct, work: 'done' | 'not-done'): boolean =>
    faults.take('answer-lost', site.id, (fault) => (fault.act ?? act) === act && (fault.work ?? 'done') === work) !==
    null;

  return async (act, signal, work) => {
    gate.pass(signal);
    if (losesAnswer(act, 'not-done')) throw answerLost();
    const { answer, lost } = await gate.call(act, signal, () => {
      const refused = faults.take('act-refused', site.id, (fault) => fault.act === act);
      if (refused !== null) {
        const { fault, message } = refused;
        throw new AppError('platform-fault', { fault, message, operation: act });
      }
      return { answer: book.together(work), lost: losesAnswer(act, 'done') };
    });
    if (lost) throw answerLost();
    return answer;
  };
};
