import { size } from '../../../shared/messages/format.ts';
import { Icon } from '../../icons/icon.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft } from '../../stores/migration-draft.ts';
import type { SpaceVerdict } from './space-need.ts';

/** Whether the images fit; where they do with fewer at a time, one click chooses that. */
export const FolderVerdict = ({ verdict }: { readonly verdict: SpaceVerdict }) => {
  const { coldMigration: words } = useMessages();
  switch (verdict.kind) {
    case 'fits':
      return (
        <span className="badge badge-ok">
          <Icon name="check" />
          {words.fits}
        </span>
      );
    case 'fits-with':
      return (
        <>
          <span className="badge badge-warn">
            <Icon name="warning" />
            {words.fitsWith(verdict.atATime)}
          </span>
          <button
            type="button"
            className="button button-small"
            onClick={() => changeDraft((draft) => ({ ...draft, atATime: verdict.atATime }))}
          >
            {words.moveAtATime(verdict.atATime)}
          </button>
        </>
      );
    case 'lacks':
      return (
        <span className="badge badge-bad">
          <Icon name="blocker" />
          {words.lacks(size(verdict.missingBytes))}
        </span>
      );
    default: {
      const never: never = verdict;
      return never;
    }
  }
};
