import type { Language } from '../topic.ts';

export type FaultText = Readonly<Record<Language, { readonly title: string; readonly remedy: readonly string[] }>>;

export const fault = (
  en: readonly [title: string, ...remedy: string[]],
  ja: readonly [title: string, ...remedy: string[]],
): FaultText => ({
  en: { title: en[0], remedy: en.slice(1) },
  ja: { title: ja[0], remedy: ja.slice(1) },
});
