import type { Ref } from 'react';
import type { SiteKind } from '../../../shared/domain/platform.ts';
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
      <fieldset className="kind-choice" aria-label={sites.kind}>
        <KindCard
          kind="vsphere"
          chosen={form.kind}
          disabled={disabled}
          onChoose={(kind) => onChange({ ...form, kind })}
        />
        <KindCard kind="scvmm" chosen={form.kind} disabled onChoose={() => {}} />
      </fieldset>
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

interface KindCardProps {
  readonly kind: 'vsphere' | 'scvmm';
  readonly chosen: SiteKind;
  readonly disabled: boolean;
  readonly onChoose: (kind: SiteKind) => void;
}

const KindCard = ({ kind, chosen, disabled, onChoose }: KindCardProps) => {
  const { sites } = useMessages();
  return (
    <label className={`kind-card${disabled && kind !== chosen ? ' kind-card-off' : ''}`}>
      <input
        type="radio"
        name="site-kind"
        checked={kind === chosen}
        disabled={disabled}
        onChange={() => onChoose(kind)}
      />
      <span>
        <span className="strong">{sites.kinds[kind]}</span>
        <span className="small muted">{sites.kindHints[kind]}</span>
      </span>
    </label>
  );
};
