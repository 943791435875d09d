import type { Ref } from 'react';
import { ChoiceCards } from '../../controls/choice-cards.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { useMessages } from '../../messages/use-messages.ts';
import { RememberPassword } from './remember-password.tsx';
import { nameOf, type SiteForm, type SiteFormField, withPastedAddress } from './site-form.ts';

export interface SiteFormFieldsProps {
  readonly form: SiteForm;
  readonly problems: ReadonlySet<SiteFormField>;
  readonly disabled: boolean;
  readonly onChange: (form: SiteForm) => void;
  readonly addressField: Ref<HTMLInputElement>;
  readonly passwordField: Ref<HTMLInputElement>;
}

const kinds = ['vsphere', 'scvmm'] as const;

/** What it takes to reach a site and log in there. */
export const SiteFormFields = ({
  form,
  problems,
  disabled,
  onChange,
  addressField,
  passwordField,
}: SiteFormFieldsProps) => {
  const { sites } = useMessages();
  const problem = (field: SiteFormField): string | null => (problems.has(field) ? sites.fieldErrors[field] : null);
  return (
    <>
      <ChoiceCards
        label={sites.kind}
        cards={kinds.map((kind) => ({
          value: kind,
          title: sites.kinds[kind],
          text: sites.kindHints[kind],
          disabled: disabled || kind === 'scvmm',
        }))}
        value={form.kind}
        onChange={(kind) => onChange({ ...form, kind })}
      />
      <div className="address-and-port">
        <TextField
          label={sites.address}
          value={form.address}
          hint={sites.addressHint}
          problem={problem('address')}
          disabled={disabled}
          initialFocus
          fieldRef={addressField}
          onChange={(address) => onChange(withPastedAddress(form, address))}
        />
        <TextField
          label={sites.port}
          value={form.port}
          problem={problem('port')}
          disabled={disabled}
          onChange={(port) => onChange({ ...form, port })}
        />
      </div>
      <TextField
        label={sites.user}
        value={form.userName}
        hint={sites.userHint}
        problem={problem('userName')}
        disabled={disabled}
        onChange={(userName) => onChange({ ...form, userName })}
      />
      <TextField
        label={sites.password}
        type="password"
        fieldRef={passwordField}
        value={form.password}
        problem={problem('password')}
        disabled={disabled}
        onChange={(password) => onChange({ ...form, password })}
      />
      <RememberPassword
        checked={form.remember}
        disabled={disabled}
        onChange={(remember) => onChange({ ...form, remember })}
      />
      <TextField
        label={sites.name}
        value={form.name === '' ? nameOf(form) : form.name}
        problem={problem('name')}
        disabled={disabled}
        onChange={(name) => onChange({ ...form, name })}
      />
    </>
  );
};
