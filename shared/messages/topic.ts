export type Language = 'en' | 'ja';

/**
 * The texts of one topic in both languages, side by side. A text is a string, or a function when it holds values.
 * Japanese must have exactly the keys English has, or it does not compile.
 */
export const topic = <Texts>(texts: { readonly en: Texts; readonly ja: NoInfer<Texts> }): Record<Language, Texts> =>
  texts;

/** English plural of a counted noun: `counted(2, 'VM')` is "2 VMs". */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;

export const grouped = (count: number): string => count.toLocaleString('en-US');
