import type { WwiseFlowError } from '../../core/errors.ts';
import type { Dialogue } from './dialogue.ts';
import { type DialogueState, ownMember } from './dialogue-state.ts';
import type { Understood } from './finding.ts';
import { unaskedText } from './prompt.ts';
import { type DialogueTurn, reduceDialogue, repeatQuestion } from './reduce.ts';

/**
 * What follows from an answer when the project could not be asked for the objects in it: that is said, what else was understood is
 * taken, and an answer that says nothing else about what was asked is no try.
 */
export function reduceUnasked(
  dialogue: Dialogue,
  state: DialogueState,
  { findings, ...understood }: Understood,
  { message }: WwiseFlowError,
): DialogueTurn {
  // That there is no such object is not known.
  const known = Object.entries(findings).filter(
    ([, finding]) => finding.is !== 'wrong' || finding.problem.why !== 'noSuchObject',
  );
  const left = Object.fromEntries(known);
  const said = [unaskedText(dialogue, message)];
  const next = reduceDialogue(dialogue, state, { kind: 'words', ...understood, findings: left });
  const { asked } = state;
  const triesAt = ({ fields }: DialogueState): number =>
    asked === null ? 0 : (ownMember(fields, asked)?.tries ?? 0);
  const saysNothing = understood.consent === null && (asked === null || ownMember(left, asked) === undefined);
  if (saysNothing && triesAt(next.state) !== triesAt(state)) return repeatQuestion(dialogue, state, said);
  return { ...next, said: [...said, ...next.said] };
}
