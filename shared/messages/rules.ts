import type { Finding } from '../domain/finding.ts';
import type { FindingCode } from '../domain/finding-data.ts';
import { destinationTexts } from './rules/destination.ts';
import { platformCheckTexts } from './rules/platform-check.ts';
import type { FindingText, FindingTexts } from './rules/rule-text.ts';
import type { Language } from './topic.ts';

/** Every finding's texts: a code without both languages does not compile. */
const texts: FindingTexts<FindingCode> = { ...destinationTexts, ...platformCheckTexts };

type Writer = (evidence: Finding['evidence']) => FindingText;

/** A finding in words: what, the evidence, what happens if it is ignored, and what to do. */
export const findingText = (finding: Finding, language: Language): FindingText => {
  const known = texts[finding.code] as Record<Language, Writer> | undefined;
  if (known !== undefined) return known[language](finding.evidence);
  // A journal written by a newer version may hold a code this one has no words for: show the code, hide nothing.
  return { title: finding.code, evidence: JSON.stringify(finding.evidence), consequence: '', remedy: [] };
};
