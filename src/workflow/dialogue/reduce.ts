import { canonicalJson } from '../../core/canonical-json.ts';
import type { Json, JsonObject } from '../../core/json.ts';
import { type Dialogue, itemAt, type Leaf, leafAt, SUMMARY } from './dialogue.ts';
import {
  begun,
  type DialogueState,
  type FieldState,
  fieldState,
  isAskedFor,
  isSettled,
  openLeaves,
  ownMember,
  valuesOf,
  withField,
} from './dialogue-state.ts';
import type { FieldFinding, Understood } from './finding.ts';
import { type DialoguePrompt, promptFor, type Remark, remarkText } from './prompt.ts';

/** What came in place of an answer, or what was understood of one. */
export type DialogueAnswer =
  /** `blank`: an answer without words. `time`: none came until it was to be asked again. */
  | { readonly kind: 'nothing'; readonly because: 'blank' | 'time' }
  | ({ readonly kind: 'words' } & Understood)
  | { readonly kind: 'declined' };

/** Where the dialogue is then, what to say, and what to ask; `prompt` is null when it has ended. */
export interface DialogueTurn {
  readonly state: DialogueState;
  readonly said: readonly string[];
  readonly prompt: DialoguePrompt | null;
}

/** The first prompt. `known`: values by path of field that need no question. */
export function beginDialogue(dialogue: Dialogue, known: JsonObject = {}): DialogueTurn {
  let state = begun;
  for (const { path } of dialogue.leaves) {
    const value = ownMember(known, path);
    if (value !== undefined)
      state = withField(state, path, { step: 'success', tries: 0, value, layer: 'given' });
  }
  return turn(dialogue, goOn(dialogue, state), []);
}

/**
 * What follows from an answer. Pure: the same state and answer give the same turn, and nothing is looked up. A dialogue that has
 * ended stays as it is.
 */
export function reduceDialogue(
  dialogue: Dialogue,
  state: DialogueState,
  answer: DialogueAnswer,
): DialogueTurn {
  const { asked } = state;
  if (state.end !== null || asked === null) return turn(dialogue, state, []);
  if (answer.kind === 'declined') {
    const failed = withField(state, asked, { ...fieldState(state, asked), step: 'failed' });
    return turn(dialogue, { ...failed, end: { how: 'failed', field: asked, because: 'declined' } }, []);
  }
  if (answer.kind === 'nothing') return afterNothing(dialogue, state, asked, answer.because);
  if (asked === SUMMARY) return afterSummary(dialogue, state, answer);
  const leaf = leafAt(dialogue, asked);
  return leaf === undefined
    ? afterGroup(dialogue, state, asked, answer)
    : afterLeaf(dialogue, state, leaf, answer);
}

/** The question that is open, once more and without a try, after these sentences. */
export function repeatQuestion(
  dialogue: Dialogue,
  state: DialogueState,
  said: readonly string[],
): DialogueTurn {
  return turn(dialogue, state, [], said);
}

function afterNothing(
  dialogue: Dialogue,
  state: DialogueState,
  asked: string,
  because: 'blank' | 'time',
): DialogueTurn {
  const leaf = leafAt(dialogue, asked);
  const before = fieldState(state, asked);
  if (leaf?.field.required === false && because === 'blank' && before.value === undefined) {
    const { default: preset } = leaf.field;
    const settled: FieldState = {
      step: 'success',
      tries: before.tries,
      ...(preset === undefined ? {} : { value: preset, layer: 'default' }),
    };
    return turn(dialogue, goOn(dialogue, withField(state, asked, settled)), []);
  }
  return useless(dialogue, state, asked, 'noInput');
}

function afterSummary(dialogue: Dialogue, state: DialogueState, answer: Understood): DialogueTurn {
  const corrected = takeOver(dialogue, state, answer.findings, () => true);
  if (corrected !== state) {
    const next = withField(corrected, SUMMARY, { ...fieldState(state, SUMMARY), step: 'confirmation' });
    return turn(dialogue, goOn(dialogue, next), []);
  }
  if (answer.consent === true) {
    const confirmed = withField(state, SUMMARY, { ...fieldState(state, SUMMARY), step: 'success' });
    return turn(dialogue, goOn(dialogue, confirmed), []);
  }
  return useless(dialogue, state, SUMMARY, answer.consent === false ? 'notConfirmed' : 'noMatch');
}

function afterGroup(
  dialogue: Dialogue,
  state: DialogueState,
  asked: string,
  answer: Understood,
): DialogueTurn {
  const next = takeOver(dialogue, state, answer.findings, ({ isNamed, isFilled }) => isNamed || !isFilled);
  const isInside = ({ groups, path }: Leaf): boolean =>
    groups.includes(asked) && fieldState(next, path) !== fieldState(state, path);
  if (!dialogue.leaves.some(isInside)) return useless(dialogue, next, asked, 'noMatch', firstRemark(answer));
  const settled: FieldState = { ...fieldState(next, asked), step: 'success' };
  return turn(dialogue, goOn(dialogue, withField(next, asked, settled)), []);
}

function afterLeaf(dialogue: Dialogue, state: DialogueState, leaf: Leaf, answer: Understood): DialogueTurn {
  const { path } = leaf;
  const before = fieldState(state, path);
  const finding = ownMember(answer.findings, path);
  const others = takeOver(
    dialogue,
    state,
    answer.findings,
    (found) => found.path !== path && (found.isNamed || !found.isFilled),
  );
  if (before.step === 'confirmation') {
    const isOther = finding?.is === 'value' && !isSame(before.value, finding.value);
    // To give the same value again agrees as well.
    if (!isOther && (answer.consent === true || finding?.is === 'value'))
      return turn(dialogue, goOn(dialogue, withField(others, path, { ...before, step: 'success' })), [path]);
    if (!isOther && answer.consent === false) {
      const { value: _value, words: _words, layer: _layer, ...rest } = before;
      return useless(dialogue, withField(others, path, rest), path, 'notConfirmed');
    }
    if (!isOther) return useless(dialogue, others, path, 'confirmation');
  }
  if (finding?.is === 'value') {
    const step = leaf.isConfirmed ? 'confirmation' : 'success';
    const { value, words, layer } = finding;
    const found: FieldState = { step, tries: before.tries, value, words, layer };
    return turn(dialogue, goOn(dialogue, withField(others, path, found)), step === 'success' ? [path] : []);
  }
  // It answered another question: this one is asked again, and the answer was of use.
  if (finding === undefined && others !== state) return turn(dialogue, goOn(dialogue, others), []);
  return useless(dialogue, others, path, 'noMatch', finding);
}

interface Found {
  readonly path: string;
  readonly isNamed: boolean;
  /** Whether the field has a value already. */
  readonly isFilled: boolean;
}

/** The state with the values found for fields that `may` take them. The same state where nothing changed. */
function takeOver(
  dialogue: Dialogue,
  state: DialogueState,
  findings: Understood['findings'],
  may: (found: Found) => boolean,
): DialogueState {
  let next = state;
  for (const leaf of dialogue.leaves) {
    const { path } = leaf;
    const finding = ownMember(findings, path);
    const before = fieldState(state, path);
    if (finding?.is !== 'value') continue;
    const isFilled = before.value !== undefined;
    if (isFilled && isSame(before.value, finding.value)) continue;
    if (!may({ path, isNamed: finding.isNamed === true, isFilled })) continue;
    if (!isAskedFor(leaf, valuesOf(dialogue, next))) continue;
    const { value, words, layer } = finding;
    const isConfirmed = leaf.isConfirmed && state.asked !== SUMMARY;
    next = withField(next, path, {
      step: isConfirmed ? 'confirmation' : 'success',
      // A value that replaces a settled one is a new matter, with tries of its own.
      tries: isSettled(before) ? 0 : before.tries,
      value,
      words,
      layer,
    });
  }
  return next;
}

/** One more answer that was of no use; after too many the field escalates. `step` says of what kind it was. */
function useless(
  dialogue: Dialogue,
  state: DialogueState,
  path: string,
  step: 'noInput' | 'noMatch' | 'notConfirmed' | 'confirmation',
  finding?: FieldFinding,
): DialogueTurn {
  const before = fieldState(state, path);
  const tries = before.tries + 1;
  const settings = settingsOf(dialogue, path);
  const { candidates: _candidates, ...rest } = before;
  const candidates = finding?.is === 'several' ? { candidates: finding.candidates } : {};
  // A value that waits for its confirmation goes on to wait for it, whatever else was said.
  const isWaiting = before.step === 'confirmation' && step !== 'notConfirmed';
  const kept: FieldState = {
    ...rest,
    ...candidates,
    tries,
    step: isWaiting ? 'confirmation' : step,
  };
  const next = withField(state, path, kept);
  if (tries >= settings.tries) return escalate(dialogue, next, path, settings);
  const remark: Remark | undefined = finding === undefined || finding.is === 'value' ? undefined : finding;
  return {
    state: next,
    said: [],
    prompt: promptFor(dialogue, next, path, { step, tries, remark }),
  };
}

function settingsOf(dialogue: Dialogue, path: string): Pick<Leaf, 'tries' | 'escalation'> {
  const item = itemAt(dialogue, path);
  const { tries, escalation } = dialogue.template;
  // A summary has no default to fall back on.
  return item ?? { tries, escalation: escalation === 'default' ? 'fail' : escalation };
}

function escalate(
  dialogue: Dialogue,
  state: DialogueState,
  path: string,
  { escalation }: Pick<Leaf, 'escalation'>,
): DialogueTurn {
  const { candidates: _candidates, ...before } = fieldState(state, path);
  if (escalation === 'default') {
    const filled = withDefaults(dialogue, state, path);
    if (filled !== undefined)
      return turn(dialogue, goOn(dialogue, filled), [], [remarkText(dialogue, path, 'escalate')]);
  }
  if (escalation === 'handoff' && state.handedTo === null) {
    const role = dialogue.template.role ?? '';
    const { value: _value, words: _words, layer: _layer, ...rest } = before;
    const isSummary = path === SUMMARY;
    const handed = withField(state, path, { ...(isSummary ? before : rest), step: 'escalate', tries: 0 });
    const next: DialogueState = { ...handed, handedTo: role };
    return { state: next, said: [], prompt: promptFor(dialogue, next, path, { step: 'escalate', tries: 0 }) };
  }
  const failed = withField(state, path, { ...before, step: 'failed' });
  return turn(
    dialogue,
    { ...failed, end: { how: 'failed', field: path, because: 'tries' } },
    [],
    [remarkText(dialogue, path, 'failed')],
  );
}

/** Undefined where a field of a group has no default. */
function withDefaults(dialogue: Dialogue, state: DialogueState, path: string): DialogueState | undefined {
  let next = state;
  const open = openLeaves(dialogue, state).filter((leaf) => leaf.path === path || leaf.groups.includes(path));
  for (const { path: inside, field } of open) {
    if (field.default === undefined && field.required) return undefined;
    const preset = field.default === undefined ? {} : { value: field.default, layer: 'default' as const };
    next = withField(next, inside, { step: 'success', tries: fieldState(next, inside).tries, ...preset });
  }
  const isGroup = dialogue.groups.some((group) => group.path === path);
  return isGroup ? withField(next, path, { ...fieldState(next, path), step: 'success' }) : next;
}

/** With the next question asked, or ended. */
function goOn(dialogue: Dialogue, state: DialogueState): DialogueState {
  const [leaf] = openLeaves(dialogue, state);
  if (leaf !== undefined) {
    const group = leaf.groups.find((path) => isOpenGroup(dialogue, state, path));
    return { ...state, asked: group ?? leaf.path };
  }
  const isAgreed = dialogue.template.confirm !== 'summary' || isSettled(fieldState(state, SUMMARY));
  if (isAgreed) return { ...state, asked: null, end: { how: 'done', field: null } };
  const summary = fieldState(state, SUMMARY);
  return { ...withField(state, SUMMARY, { ...summary, step: 'confirmation' }), asked: SUMMARY };
}

/** A group is asked as a whole where it has a question of its own and nothing is known of it. */
function isOpenGroup(dialogue: Dialogue, state: DialogueState, path: string): boolean {
  const group = dialogue.groups.find((one) => one.path === path);
  if (group?.field.prompts?.start === undefined || isSettled(fieldState(state, path))) return false;
  const inside = dialogue.leaves.filter(({ groups }) => groups.includes(path));
  return inside.every((leaf) => fieldState(state, leaf.path).value === undefined);
}

/** `settled`: fields that got their value, for which a template may have something to say. */
function turn(
  dialogue: Dialogue,
  state: DialogueState,
  settled: readonly string[],
  more: readonly string[] = [],
): DialogueTurn {
  const { asked, end } = state;
  const said = settled.flatMap((path) => {
    const text = leafAt(dialogue, path)?.field.prompts?.success;
    return text === undefined ? [] : [remarkText(dialogue, path, 'success', fieldState(state, path).value)];
  });
  if (end !== null || asked === null) return { state, said: [...said, ...more], prompt: null };
  const { step, tries } = fieldState(state, asked);
  return { state, said: [...said, ...more], prompt: promptFor(dialogue, state, asked, { step, tries }) };
}

function firstRemark({ findings }: Understood): FieldFinding | undefined {
  return Object.values(findings).find(({ is }) => is !== 'value');
}

function isSame(one: Json | undefined, other: Json): boolean {
  return one !== undefined && canonicalJson(one) === canonicalJson(other);
}
