import { size } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import type { SpaceNeed } from './space-need.ts';

/** Whether the images fit; where they do with fewer at a time, one click chooses that. */
export const FolderVerdict = ({ need, atATime }: { readonly need: SpaceNeed; readonly atATime: number }) => {
  const { coldMigration: words } = useMessages();
  const { fit } = need;
  switch (fit.kind) {
    case 'fits':
      return (
        <span className="badge badge-ok">
          <Icon name="check" />
          {need.inTurns ? words.fitsWith(atATime) : words.fits}
        </span>
      );
    case 'fits-with':
      return (
        <>
          <span className="badge badge-warn">
            <Icon name="warning" />
            {words.fitsWith(fit.atATime)}
          </span>
          <button
            type="button"
            className="button button-small"
            onClick={() => changeDraft((draft) => ({ ...draft, atATime: fit.atATime }))}
          >
            {words.moveAtATime(fit.atATime)}
          </button>
        </>
      );
    case 'lacks':
      return (
        <span className="badge badge-bad">
          <Icon name="blocker" />
          {words.lacks(size(fit.missingBytes))}
        </span>
      );
    default: {
      const never: never = fit;
      return never;
    }
  }
};
