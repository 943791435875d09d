import type { AnnotationService } from '../../migration/annotation-service.ts';
import type { HandlersOf } from '../handlers.ts';

export const annotationHandlers = (annotations: AnnotationService): HandlersOf<'annotations'> => ({
  'annotations.list': () => annotations.present(),
  'annotations.history': (wanted) => [...annotations.history(wanted)],
  'annotations.lock': ({ vm, reason }) => annotations.lock(vm, reason),
  'annotations.unlock': ({ vm }) => annotations.unlock(vm),
  'annotations.markGuestCluster': ({ vm, isNode }) => annotations.markGuestCluster(vm, isNode),
  'annotations.waive': ({ reason, until, ...subject }) => annotations.waive(subject, reason, until),
  'annotations.unwaive': (subject) => annotations.unwaive(subject),
});
