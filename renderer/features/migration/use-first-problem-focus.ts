import { useEffect, useRef } from 'react';
import { focusObstacle, hasPlace } from './focus-obstacle.ts';
import type { DraftView } from './use-draft-view.ts';

/**
 * Gives the focus to the first open problem once the first check has answered, unless the person has begun to work in
 * the dialog meanwhile: nobody wants the focus taken away while typing.
 */
export const useFirstProblemFocus = (view: DraftView): void => {
  const done = useRef(false);
  useEffect(() => {
    const stop = () => {
      done.current = true;
    };
    window.addEventListener('keydown', stop, { capture: true });
    window.addEventListener('pointerdown', stop, { capture: true });
    return () => {
      window.removeEventListener('keydown', stop, { capture: true });
      window.removeEventListener('pointerdown', stop, { capture: true });
    };
  }, []);
  const [first] = view.obstacles;
  const answered = view.standing === 'fresh' || view.key === null;
  useEffect(() => {
    if (done.current || !answered || first === undefined || !hasPlace(first)) return;
    done.current = true;
    focusObstacle(first);
  }, [answered, first]);
};
