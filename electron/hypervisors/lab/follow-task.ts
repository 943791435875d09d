import type { AppError } from '../../../shared/errors/app-error.ts';
import type { PlatformTaskOutcome } from '../port.ts';
import type { LabTask } from './lab-tasks.ts';
import type { SessionGate } from './session-gate.ts';

/** Watches a task to its end, over a new log-in if need be. @throws as the gate does */
export const followLabTask = (
  gate: SessionGate,
  task: LabTask,
  onProgress: (percent: number | null) => void,
  signal: AbortSignal,
): Promise<PlatformTaskOutcome> =>
  new Promise((resolve, reject) => {
    let told: number | null | undefined;
    const stop = (): void => {
      stopListening();
      stopInterruption();
    };
    const look = (): void => {
      try {
        gate.pass(signal);
      } catch (error) {
        stop();
        reject(error as AppError);
        return;
      }
      const percent = task.percent();
      if (percent !== told) {
        told = percent;
        onProgress(percent);
      }
      const outcome = task.outcome();
      if (outcome === null) return;
      stop();
      resolve(outcome);
    };
    const stopListening = task.subscribe(look);
    const stopInterruption = gate.onInterruption(signal, false, (error) => {
      stop();
      reject(error);
    });
    look();
  });
