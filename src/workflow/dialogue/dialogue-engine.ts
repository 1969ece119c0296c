import { canonicalJson } from '../../core/canonical-json.ts';
import { toWwiseFlowError, type WwiseFlowError } from '../../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { compileDialogue, type Dialogue } from './dialogue.ts';
import { type DialogueState, fieldState, valuesOf } from './dialogue-state.ts';
import { type ExtractionSources, extractAnswer } from './extraction/extract.ts';
import type { FindObjects } from './extraction/objects.ts';
import { givenAnswer } from './given-answer.ts';
import { noModelText } from './prompt.ts';
import { beginDialogue, type DialogueTurn, reduceDialogue, repeatQuestion } from './reduce.ts';
import { type DialogueTemplate, dialogueTemplate } from './template.ts';
import { reduceUnasked } from './unasked.ts';
import { asByModel, type Unclear, unclearOf } from './unclear.ts';

/** Dialogues as a runner uses them: it is handed one of these as a value. */
export interface DialogueEngine {
  /** The first question. `known`: values by path of field that need none. */
  begin(template: DialogueTemplate, known: JsonObject): DialogueTurn;
  /**
   * What follows from an answer, in words or as data, that came at this moment. Where the project cannot be asked for the objects in
   * it, the question stays open, without a try; what else the answer says counts.
   */
  answer(template: DialogueTemplate, state: JsonObject, given: Json, nowMs: number): Promise<AnsweredTurn>;
  /** What follows from words that were unclear, once somebody found in them what fits their schema. */
  interpret(
    template: DialogueTemplate,
    state: JsonObject,
    unclear: Pick<Unclear, 'words' | 'atMs'>,
    found: Json,
  ): Promise<DialogueTurn>;
  /** What follows from unclear words that nobody could be asked about: the person is given the reason. */
  uninterpreted(template: DialogueTemplate, turn: DialogueTurn, why: string): DialogueTurn;
  /** What follows when no answer came until it was to be asked again. */
  remind(template: DialogueTemplate, state: JsonObject): DialogueTurn;
  /** The values, those of a group as an object, and for each by its path the words it was found in and how. */
  collected(
    template: DialogueTemplate,
    state: JsonObject,
  ): { readonly values: JsonObject; readonly found: JsonObject };
}

/** `unclear`: words in which the rules found nothing: what follows from them otherwise, `interpret` says. */
export type AnsweredTurn = DialogueTurn & { readonly unclear?: Unclear | undefined };

/** `findObjects`: where objects of the open project are looked up; left out: it has none. */
export function createDialogues(findObjects: FindObjects = async () => new Map()): DialogueEngine {
  const compiled = new Map<string, Dialogue>();
  const byTemplate = new WeakMap<DialogueTemplate, Dialogue>();
  const dialogueOf = (template: DialogueTemplate): Dialogue => {
    const known = byTemplate.get(template) ?? compiledOf(template);
    byTemplate.set(template, known);
    return known;
  };
  const compiledOf = (template: DialogueTemplate): Dialogue => {
    const key = canonicalJson(template);
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const made = compileDialogue(dialogueTemplate.parse(template));
    if (compiled.size >= MOST_COMPILED) compiled.clear();
    compiled.set(key, made);
    return made;
  };
  return {
    begin: (template, known) => beginDialogue(dialogueOf(template), known),
    answer: async (template, kept, given, nowMs) => {
      const dialogue = dialogueOf(template);
      const state = asState(kept);
      const { sources, refusal } = watched(findObjects, nowMs);
      if (isBlank(given)) return reduceDialogue(dialogue, state, { kind: 'nothing', because: 'blank' });
      const understood =
        typeof given === 'string'
          ? await extractAnswer(readable(given), dialogue, state, sources)
          : await givenAnswer(given, dialogue, state, sources);
      const refused = refusal();
      if (refused !== undefined) return reduceUnasked(dialogue, state, understood, refused);
      const { prompt } = repeatQuestion(dialogue, state, []);
      const unclear =
        prompt === null ? undefined : unclearOf(given, nowMs, understood, dialogue, state, prompt);
      return { ...reduceDialogue(dialogue, state, { kind: 'words', ...understood }), unclear };
    },
    interpret: async (template, kept, { words, atMs }, found) => {
      const dialogue = dialogueOf(template);
      const state = asState(kept);
      const { sources, refusal } = watched(findObjects, atMs);
      const understood = isBlank(found)
        ? { words, consent: null, findings: {} }
        : asByModel(await givenAnswer(found, dialogue, state, sources), words);
      const refused = refusal();
      return refused === undefined
        ? reduceDialogue(dialogue, state, { kind: 'words', ...understood })
        : reduceUnasked(dialogue, state, understood, refused);
    },
    uninterpreted: (template, turn, why) => ({
      ...turn,
      said: [noModelText(dialogueOf(template), why), ...turn.said],
    }),
    remind: (template, kept) =>
      reduceDialogue(dialogueOf(template), asState(kept), { kind: 'nothing', because: 'time' }),
    collected: (template, kept) => {
      const dialogue = dialogueOf(template);
      const state = asState(kept);
      const found = dialogue.leaves.flatMap(({ path }) => {
        const { step, value, words = null, layer = null } = fieldState(state, path);
        return step === 'success' && value !== undefined ? [[path, { value, words, layer }] as const] : [];
      });
      return { values: valuesOf(dialogue, state), found: Object.fromEntries(found) };
    },
  };
}

const MOST_COMPILED = 200;

/** What an extraction looks at, and why the project could not be asked, where it could not. */
function watched(findObjects: FindObjects, nowMs: number) {
  let refused: WwiseFlowError | undefined;
  const sources: ExtractionSources = {
    nowMs,
    findObjects: (phrases) =>
      findObjects(phrases).catch((thrown: unknown) => {
        refused = toWwiseFlowError(thrown);
        return new Map();
      }),
  };
  return { sources, refusal: () => refused };
}

/** The journal holds what the reducer gave; a state of another version begins nothing anew, it is refused. */
function asState(kept: JsonObject): DialogueState {
  if (isState(kept)) return kept;
  throw new Error('The dialogue was kept by another version.');
}

function isState(value: JsonObject): value is JsonObject & DialogueState {
  return value.version === 1 && isJsonObject(value.fields);
}

/** Without words: blanks and control characters alone, null, and data without members. */
function isBlank(given: Json): boolean {
  if (typeof given === 'string') return readable(given).trim() === '';
  if (given === null) return true;
  if (!isJsonObject(given)) return false;
  return Object.values(given).every((member) => member === undefined || isBlank(member));
}

/** A terminal may send anything; a control character parts words, as a blank does. */
function readable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\ufeff]/g, ' ');
}
