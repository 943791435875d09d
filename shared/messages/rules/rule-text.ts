import type { FindingCode, FindingData } from '../../domain/finding-data.ts';
import type { Language } from '../topic.ts';

/** What a person reads of one finding. */
export interface FindingText {
  /** One line, no full stop. */
  readonly title: string;
  /** Which device, disk, VLAN, number. */
  readonly evidence: string;
  /** What happens if it is ignored. */
  readonly consequence: string;
  /** Step by step. */
  readonly remedy: readonly string[];
}

/** Texts of some findings, each in both languages; the evidence is the one its code carries. */
export type FindingTexts<Codes extends FindingCode> = {
  readonly [Code in Codes]: Record<Language, (evidence: FindingData[Code]) => FindingText>;
};
