import { AppError } from '../../../shared/errors/app-error.ts';
import type { HandlersOf } from '../handlers.ts';

const refused = (): never => {
  throw new AppError('method-unavailable', { method: 'cold-evacuate' });
};

export const evacuationHandlers = (): HandlersOf<'evacuation'> => ({
  'evacuation.folders': refused,
  'evacuation.addFolder': refused,
  'evacuation.removeFolder': refused,
  'evacuation.chooseFolder': refused,
  'evacuation.images': refused,
  'evacuation.verifyImage': refused,
  'evacuation.deleteImage': refused,
});
