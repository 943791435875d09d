import { EmptyState } from '../../controls/empty-state.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { useInventory } from '../../stores/inventory.ts';
import { useSelection } from '../../stores/selection.ts';
import { PlaceDetails } from './place-details.tsx';
import { VmDetails } from './vm-details.tsx';
import './details.css';

/** The right pane: one VM when one is shown, else the place that is chosen. */
export const DetailsPane = () => {
  const { poolDetails } = useMessages();
  const place = useSelection((state) => state.place);
  const shownVm = useSelection((state) => state.shownVm);
  const vm = useInventory((state) => (shownVm === null ? undefined : state.index.vm(shownVm)));
  return (
    <section className="details" aria-label={poolDetails.facts} data-pane="details">
      {vm !== undefined ? (
        <VmDetails key={vm.id} vm={vm} />
      ) : place !== null ? (
        <PlaceDetails key={place} place={place} />
      ) : (
        <EmptyState icon="inventory" title={poolDetails.nothingTitle} text={poolDetails.nothingText} />
      )}
    </section>
  );
};
