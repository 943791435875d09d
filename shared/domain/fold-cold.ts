import type { RecoveryChoice } from './evacuation.ts';
import type { ColdProgress, TaskEventBody } from './task.ts';

export const nothingColdYet: ColdProgress = {
  image: null,
  reservation: null,
  parkedName: null,
  sourceDeleted: false,
  restore: null,
  choice: null,
  awaitsDecision: false,
  followUps: [],
  followUpsDone: null,
};

/** The image is restored once more, whatever was restored before. */
export const startsRestoreAnew = ({ action }: RecoveryChoice): boolean =>
  action === 'restore-elsewhere' || action === 'restore-to-origin';

/**
 * How far a cold migration has come after one more event; the same object when the event says nothing of it.
 * @param at when the event was written, ms since 1970
 */
export const foldCold = (cold: ColdProgress, body: TaskEventBody, at: number): ColdProgress => {
  switch (body.kind) {
    case 'space-reserved':
      return { ...cold, reservation: { folder: body.folder, bytes: body.bytes } };
    case 'image-begun': {
      const { folder, name, id } = body;
      return { ...cold, image: { folder, name, id, state: 'writing', bytes: null } };
    }
    case 'image-sealed':
      return cold.image === null
        ? cold
        : { ...cold, image: { ...cold.image, state: 'sealed', bytes: body.bytes }, reservation: null };
    case 'image-removed':
      return cold.image === null ? cold : { ...cold, image: { ...cold.image, state: 'removed' }, reservation: null };
    case 'parking':
      return { ...cold, parkedName: body.parkedName };
    case 'unparked':
      return { ...cold, parkedName: null };
    case 'source-deleted':
      return { ...cold, parkedName: null, sourceDeleted: true };
    case 'restoring':
      return { ...cold, restore: { instanceUuid: body.instanceUuid, vm: null, imported: false } };
    case 'restored-vm':
      return cold.restore === null ? cold : { ...cold, restore: { ...cold.restore, vm: body.vm } };
    case 'import-completed':
      return cold.restore === null ? cold : { ...cold, restore: { ...cold.restore, imported: true } };
    case 'restored-vm-removed':
      return { ...cold, restore: null };
    case 'decision-needed':
      return { ...cold, awaitsDecision: true };
    case 'recovery-chosen':
      return {
        ...cold,
        choice: body.choice,
        awaitsDecision: false,
        // Restored anew, in another place: what was made before is no longer wanted.
        restore:
          cold.restore !== null && startsRestoreAnew(body.choice) ? { ...cold.restore, imported: false } : cold.restore,
      };
    case 'follow-up':
      return { ...cold, followUps: [...cold.followUps, body.item], followUpsDone: null };
    case 'follow-ups-done':
      return { ...cold, followUpsDone: { by: body.by, at } };
    case 'completed':
    case 'cancelled':
    case 'failed':
    case 'needs-attention':
      return cold.reservation === null && !cold.awaitsDecision
        ? cold
        : { ...cold, reservation: null, awaitsDecision: false };
    default:
      return cold;
  }
};
