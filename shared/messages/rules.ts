import type { Finding } from '../domain/finding.ts';
import type { FindingCode } from '../domain/finding-data.ts';
import { destinationTexts } from './rules/destination.ts';
import { deviceTexts } from './rules/devices.ts';
import { hypervTexts } from './rules/hyperv.ts';
import { networkTexts } from './rules/network.ts';
import { platformCheckTexts } from './rules/platform-check.ts';
import type { FindingText, FindingTexts } from './rules/rule-text.ts';
import { spaceTexts } from './rules/space.ts';
import { stateTexts } from './rules/state.ts';
import type { Language } from './topic.ts';

/** Every finding's texts: a code without both languages does not compile. */
const texts: FindingTexts<FindingCode> = {
  ...destinationTexts,
  ...deviceTexts,
  ...hypervTexts,
  ...networkTexts,
  ...spaceTexts,
  ...stateTexts,
  ...platformCheckTexts,
};

type Writer = (evidence: Finding['evidence']) => FindingText;

/** A finding in words: what, the evidence, what happens if it is ignored, and what to do. */
export const findingText = (finding: Finding, language: Language): FindingText => {
  const known = texts[finding.code] as Record<Language, Writer> | undefined;
  if (known !== undefined) return known[language](finding.evidence);
  // A journal written by a newer version may hold a code this one has no words for: show the code, hide nothing.
  return { title: finding.code, evidence: JSON.stringify(finding.evidence), consequence: '', remedy: [] };
};
