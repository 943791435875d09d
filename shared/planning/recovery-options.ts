import type {
  EvacuationPart,
  RecoveryAction,
  RecoveryFacts,
  RecoveryObstacle,
  RecoveryOption,
} from '../domain/evacuation.ts';

/** What a person may do about a cold migration that did not end by itself, safest first. */
export interface RecoveryQuestion {
  readonly facts: RecoveryFacts;
  readonly part: EvacuationPart;
  /** It stopped with the console, not because of an error: going on is what was wanted. */
  readonly interrupted: boolean;
}

const sourceExists = ({ source }: RecoveryFacts): boolean => source !== 'gone' && source !== 'unknown';

const imageObstacle = ({ image }: RecoveryFacts): RecoveryObstacle | null => {
  switch (image) {
    case 'sealed':
    case 'complete':
      return null;
    case 'damaged':
      return 'image-damaged';
    case 'none':
    case 'partial':
      return 'no-image';
    case 'unknown':
      return 'not-known';
    default:
      return image satisfies never;
  }
};

/** Why a copy must not take the place of its source. */
const newerSource = ({ source }: RecoveryFacts): RecoveryObstacle | null => {
  if (source === 'running') return 'source-running';
  return source === 'used' ? 'source-used' : null;
};

/** Why going on is not safe: what would be needed for it is missing, or the VM would run twice. */
const resumeObstacle = ({ facts, part }: RecoveryQuestion): RecoveryObstacle | null => {
  if (facts.restored === 'running' && part !== 'evacuate') {
    return facts.source === 'running' ? 'source-running' : null;
  }
  const newer = newerSource(facts);
  if (newer !== null) return newer;
  const obstacle = imageObstacle(facts);
  if (obstacle === null) return null;
  // An export can be begun anew as long as its source stands where it was.
  return facts.source === 'intact' && part !== 'restore' && facts.image !== 'unknown' ? null : obstacle;
};

const rollBackObstacle = ({ facts, part }: RecoveryQuestion): RecoveryObstacle | null => {
  if (facts.restored === 'running') return 'restored-running';
  if (part === 'restore') return null;
  return sourceExists(facts) ? null : 'source-gone';
};

const restoreObstacle = (question: RecoveryQuestion): RecoveryObstacle | null => {
  const { facts, part } = question;
  if (part === 'evacuate') return 'no-image';
  if (facts.restored === 'running') return 'restored-running';
  return newerSource(facts) ?? imageObstacle(facts);
};

const obstacleOf = (action: RecoveryAction, question: RecoveryQuestion): RecoveryObstacle | null => {
  const { facts } = question;
  if (facts.source === 'unknown' || facts.restored === 'unknown') return 'not-known';
  switch (action) {
    case 'resume':
      return resumeObstacle(question);
    case 'roll-back':
      return rollBackObstacle(question);
    case 'restore-to-origin':
      return restoreObstacle(question) ?? (sourceExists(facts) && question.part !== 'restore' ? 'source-exists' : null);
    case 'restore-elsewhere':
      return restoreObstacle(question);
    case 'keep-image':
      return facts.restored === 'running' ? 'restored-running' : imageObstacle(facts);
    default:
      return action satisfies never;
  }
};

const actions: readonly RecoveryAction[] = [
  'resume',
  'roll-back',
  'restore-to-origin',
  'restore-elsewhere',
  'keep-image',
];

/** Every action, and what makes it unsafe now. Pure; what is not known makes an action unsafe. */
export const recoveryOptions = (question: RecoveryQuestion): readonly RecoveryOption[] =>
  actions.map((action) => ({ action, obstacle: obstacleOf(action, question) }));

/** After an error the way back comes first; where the copy is complete, or nothing failed, going on does. */
const preference = ({ facts, interrupted }: RecoveryQuestion): readonly RecoveryAction[] =>
  interrupted || facts.restored === 'off' || facts.restored === 'running'
    ? ['resume', 'roll-back', 'restore-to-origin', 'restore-elsewhere', 'keep-image']
    : ['roll-back', 'restore-to-origin', 'restore-elsewhere', 'resume', 'keep-image'];

/** The safe action to advise; null when none is safe now. */
export const advisedAction = (question: RecoveryQuestion): RecoveryAction | null =>
  preference(question).find((action) => obstacleOf(action, question) === null) ?? null;
