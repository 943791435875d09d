import type { SiteKind } from '../../../shared/domain/platform.ts';
import { type RequestOf, requests } from '../../../shared/ipc/contract.ts';

/** What a person types to add a site, as text until it is known to be right. */
export interface SiteForm {
  readonly kind: SiteKind;
  readonly address: string;
  readonly port: string;
  readonly userName: string;
  readonly password: string;
  readonly remember: boolean;
  /** Empty: the address serves as the name. */
  readonly name: string;
}

export const emptySiteForm: SiteForm = {
  kind: 'vsphere',
  address: '',
  port: '443',
  userName: '',
  password: '',
  remember: false,
  name: '',
};

export type SiteFormField = 'address' | 'port' | 'userName' | 'password' | 'name';

/** People paste what they have at hand: `https://vc-tokyo:8443/ui` becomes address and port. */
export const withPastedAddress = (form: SiteForm, pasted: string): SiteForm => {
  const match = /^\s*https?:\/\/(\[[^\]]+\]|[^/:\s]+)(?::(\d+))?(?:[/?#].*)?$/i.exec(pasted);
  if (match === null) return { ...form, address: pasted };
  return { ...form, address: match[1] ?? '', port: match[2] ?? form.port };
};

export const nameOf = (form: SiteForm): string => (form.name.trim() === '' ? form.address.trim() : form.name.trim());

/** The request that adds this site, as the contract wants it. Its shape is not checked here. */
export const addRequest = (form: SiteForm, pinnedCertificate: string | null): RequestOf<'sites.add'> => ({
  name: nameOf(form),
  kind: form.kind,
  address: form.address.trim(),
  port: Number(form.port),
  userName: form.userName.trim(),
  password: form.password,
  rememberPassword: form.remember,
  pinnedCertificate,
});

const fields: readonly SiteFormField[] = ['address', 'port', 'userName', 'password', 'name'];
const isField = (name: unknown): name is SiteFormField => fields.some((field) => field === name);

/** Fields that cannot be sent as they are. The contract's own schema decides, so the two can never disagree. */
export const problemFields = (form: SiteForm): ReadonlySet<SiteFormField> => {
  const problems = new Set<SiteFormField>();
  const parsed = requests['sites.add'].request.safeParse(addRequest(form, null));
  for (const issue of parsed.error?.issues ?? []) {
    const [field] = issue.path;
    if (isField(field)) problems.add(field);
  }
  if (form.password === '') problems.add('password');
  // An empty name is the address's fault.
  if (problems.has('address') && form.name.trim() === '') problems.delete('name');
  return problems;
};
