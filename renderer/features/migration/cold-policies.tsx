import type { ImagePolicy, SourcePolicy } from '../../../shared/domain/evacuation.ts';
import type { ColdChoices } from '../../../shared/planning/cold-choices.ts';
import { withCold } from '../../../shared/planning/migration-draft.ts';
import { ChoiceField } from '../../controls/choice-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { changeDraft } from '../../stores/migration-draft.ts';

const sourcePolicies: readonly SourcePolicy[] = ['retain-until-restored', 'delete-before-restore'];
const imagePolicies: readonly ImagePolicy[] = ['delete-when-restored', 'keep'];

const change = (choices: Partial<ColdChoices>): void => changeDraft((draft) => withCold(draft, choices));

/** What becomes of the source and of the image, and whether the restored VM is powered on. */
export const ColdPolicies = ({ cold }: { readonly cold: ColdChoices }) => {
  const { coldMigration: words } = useMessages();
  const evacuatesOnly = cold.part === 'evacuate';
  const names = evacuatesOnly ? words.sourcePoliciesOfEvacuation : words.sourcePolicies;
  return (
    <>
      {cold.part !== 'restore' && (
        <ChoiceField
          label={evacuatesOnly ? words.sourceOfEvacuation : words.source}
          choices={sourcePolicies.map((value) => ({ value, text: names[value] }))}
          value={cold.sourcePolicy}
          onChange={(value) => {
            const sourcePolicy = sourcePolicies.find((one) => one === value);
            if (sourcePolicy !== undefined) change({ sourcePolicy });
          }}
        />
      )}
      {cold.part !== 'evacuate' && (
        <ChoiceField
          label={words.image}
          choices={imagePolicies.map((value) => ({ value, text: words.imagePolicies[value] }))}
          value={cold.imagePolicy}
          onChange={(value) => {
            const imagePolicy = imagePolicies.find((one) => one === value);
            if (imagePolicy !== undefined) change({ imagePolicy });
          }}
        />
      )}
      {cold.part === 'restore' && (
        <ChoiceField
          label={words.afterwards}
          choices={[
            { value: 'on', text: words.powerOn },
            { value: 'off', text: words.leaveOff },
          ]}
          value={cold.powerOn ? 'on' : 'off'}
          onChange={(value) => change({ powerOn: value === 'on' })}
        />
      )}
    </>
  );
};

/** What the chosen policy for the source means. */
export const ColdPolicyNote = ({ cold }: { readonly cold: ColdChoices }) => {
  const { coldMigration: words } = useMessages();
  const keeps = cold.sourcePolicy === 'retain-until-restored';
  if (cold.part === 'restore') return null;
  if (cold.part === 'evacuate') {
    return <p className="muted small migration-hint">{keeps ? words.sourceParked : words.sourceGone}</p>;
  }
  return <p className="muted small migration-hint">{keeps ? words.sourceKept : words.sourceDeleted}</p>;
};
