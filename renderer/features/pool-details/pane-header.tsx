import { Fragment, type ReactNode } from 'react';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';
import type { PlaceId } from '../../stores/selection.ts';
import { chooseRow } from '../inventory-tree/tree-selection.ts';
import { reveal } from '../inventory-tree/tree-state.ts';
import { placeHead } from './place-words.ts';

export interface PaneHeaderProps {
  readonly icon: IconName;
  readonly name: string;
  /** Places above, the site first; each can be gone to. */
  readonly above: readonly PlaceId[];
  readonly kind: string;
  /** When the facts were read, ms since 1970; null when never. */
  readonly readAt: number | null;
  readonly children?: ReactNode;
}

/** What the pane shows: its name, where it is, and how old what is said of it is. */
export const PaneHeader = ({ icon, name, above, kind, readAt, children }: PaneHeaderProps) => {
  const messages = useMessages();
  const index = useInventory((state) => state.latest.index);
  const go = (place: PlaceId): void => {
    reveal(place);
    chooseRow(place);
  };
  return (
    <div className="details-head">
      <span className="details-icon">
        <Icon name={icon} size="large" />
      </span>
      <div className="grow">
        <h2 className="details-title truncate">{name}</h2>
        <nav className="details-path truncate" aria-label={messages.poolDetails.breadcrumb}>
          {above.map((place) => (
            <Fragment key={place}>
              <button type="button" className="path-step" onClick={() => go(place)}>
                {placeHead(place, index, messages)?.name ?? place}
              </button>
              <span aria-hidden="true"> › </span>
            </Fragment>
          ))}
          {kind}
        </nav>
      </div>
      {readAt !== null && <ReadAge at={readAt} />}
      {children}
    </div>
  );
};

const ReadAge = ({ at }: { readonly at: number }) => {
  const { poolDetails } = useMessages();
  return <span className="small muted details-age">{poolDetails.readAge(useAge(at))}</span>;
};
