import type { LostVm } from '../../../shared/domain/evacuation.ts';
import type { EntityId } from '../../../shared/domain/ids.ts';
import { Icon, type IconName } from '../../icons/icon.tsx';
import { useAge } from '../../messages/use-age.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { findLostVms, imageKey, sealImage, useImages } from '../../stores/images.ts';
import { useInventory } from '../../stores/inventory.ts';
import { beginRestore } from '../../stores/migration-draft.ts';
import { useSites } from '../../stores/sites.ts';
import { ErrorNote } from '../errors/error-note.tsx';
import { chooseRow } from '../inventory-tree/tree-selection.ts';
import { reveal } from '../inventory-tree/tree-state.ts';
import { askToDelete } from './delete-image.ts';
import { nameOfImage } from './image-words.ts';

const icons: Readonly<Record<LostVm['kind'], IconName>> = {
  'only-an-image': 'image',
  'only-an-unsealed-image': 'image',
  'left-over-partial': 'trash',
  'half-deleted': 'trash',
  twice: 'duplicate',
  'parked-without-task': 'vm-parked',
};

/** What does not fit together between images, task log and inventories, and for each the next safe step. */
export const LostVms = () => {
  const { images } = useMessages();
  const search = useImages((state) => state.search);
  if (search.kind === 'idle') return null;
  return (
    <section className="lost" aria-label={images.lostHeading}>
      <h3 className="strong">{images.lostHeading}</h3>
      {search.kind === 'looking' && (
        <p className="small muted" role="status">
          {images.looking}
        </p>
      )}
      {search.kind === 'failed' && (
        <ErrorNote title={images.lostFailed} error={search.error} onRetry={() => void findLostVms()} />
      )}
      {search.kind === 'done' && <Found lost={search.lost} at={search.at} />}
    </section>
  );
};

const Found = ({ lost, at }: { readonly lost: readonly LostVm[]; readonly at: number }) => {
  const { images } = useMessages();
  const compared = images.comparedAt(useAge(at));
  const sites = useSites((state) => state.sites);
  const offline = sites.filter(({ connection }) => connection.kind !== 'connected' && connection.kind !== 'syncing');
  return (
    <>
      {offline.length > 0 && (
        <p className="note note-warn">
          <Icon name="unplug" tone="warn" />
          {images.notConnected(offline.map(({ site }) => site.name).join(', '))}
        </p>
      )}
      {lost.length === 0 ? (
        <p className="note note-ok">
          <Icon name="success" tone="ok" />
          {images.noneLost}
        </p>
      ) : (
        <ul className="lost-list">
          {lost.map((found) => (
            <LostLine key={keyOf(found)} found={found} />
          ))}
        </ul>
      )}
      <p className="small muted">{compared}</p>
    </>
  );
};

const keyOf = (found: LostVm): string =>
  'image' in found ? `${found.kind} ${imageKey(found.image)}` : `${found.kind} ${found.vmName}`;

const nameOf = (found: LostVm): string => ('image' in found ? nameOfImage(found.image) : found.vmName);

const LostLine = ({ found }: { readonly found: LostVm }) => {
  const { images } = useMessages();
  return (
    <li className="lost-line">
      <Icon name={icons[found.kind]} tone={found.kind === 'left-over-partial' ? 'muted' : 'warn'} />
      <span className="grow">
        <span className="strong">{images.lost[found.kind](nameOf(found))}</span>
        <span className="small lost-step">{images.lostStep[found.kind]}</span>
      </span>
      <NextStep found={found} />
    </li>
  );
};

const NextStep = ({ found }: { readonly found: LostVm }) => {
  const { images } = useMessages();
  switch (found.kind) {
    case 'only-an-image':
      return (
        <button
          type="button"
          className="button button-small"
          aria-label={images.restoreImage(nameOf(found))}
          onClick={() => beginRestore(found.image, null)}
        >
          {images.restore}
        </button>
      );
    case 'only-an-unsealed-image':
      return (
        <button
          type="button"
          className="button button-small"
          aria-label={images.verifyImage(nameOf(found))}
          onClick={() => void sealImage(found.image)}
        >
          {images.verify}
        </button>
      );
    case 'left-over-partial':
    case 'half-deleted':
      return (
        <button
          type="button"
          className="button button-small"
          aria-label={images.removeImage(nameOf(found))}
          onClick={() => askToDelete(found.image)}
        >
          {images.remove}
        </button>
      );
    case 'twice':
      return (
        <span className="row">
          {found.vms.map((vm) => (
            <ShowVm key={vm} vm={vm} fallback={found.vmName} />
          ))}
        </span>
      );
    case 'parked-without-task':
      return <ShowVm vm={found.vm} fallback={found.vmName} />;
    default:
      return found satisfies never;
  }
};

const ShowVm = ({ vm, fallback }: { readonly vm: EntityId; readonly fallback: string }) => {
  const { images } = useMessages();
  const name = useInventory((state) => state.latest.index.vm(vm)?.name);
  const show = () => {
    reveal(vm);
    chooseRow(vm);
  };
  return (
    <button type="button" className="button button-small" disabled={name === undefined} onClick={show}>
      {images.show(name ?? fallback)}
    </button>
  );
};
