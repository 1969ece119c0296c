import type { DialogueStep } from '../dialogue-state.ts';
import type { FieldFinding, Wrong } from '../finding.ts';
import type { DialogueField } from '../template.ts';
import type { DialogueWords } from './words.ts';

/** What stands for `{label}` and its like. */
export type PromptParts = Readonly<Record<string, string>>;

/** The prompt of a step in a language, `{label}` and its like still in it; `field` is undefined for the summary. */
export function promptOf(
  words: DialogueWords,
  step: DialogueStep,
  parts: PromptParts,
  field: DialogueField | undefined,
): string {
  const isSummary = field === undefined;
  const question = `{label}?${parts.choices === '' ? '' : ' ({choices})'}${rangeOf(words, parts)}`;
  switch (step) {
    case 'start':
      return field?.type === 'yesNo' ? words.yesOrNo : question;
    case 'noInput':
      return `${words.needAnswer} ${question}`;
    case 'noMatch':
      if (isSummary) return `${words.notUnderstood} ${words.allRight}\n{summary}`;
      return `${parts.problem === '' ? words.notUnderstood : '{problem}'} ${question}`;
    case 'confirmation':
      return isSummary ? `${words.allRight}\n{summary}` : `{label}: {value}. ${words.isRight}`;
    case 'notConfirmed':
      return isSummary ? `${words.whatDifferent}\n{summary}` : `${words.again} ${question}`;
    case 'success':
      return '{label}: {value}.';
    case 'failed':
      return isSummary ? words.valuesNotConfirmed : words.noAnswer;
    case 'escalate':
      if (parts.role === undefined) return words.defaultTaken;
      return isSummary
        ? `${words.forRole} ${words.allRight}\n{summary}`
        : `${words.forRole} ${field.type === 'yesNo' ? words.yesOrNo : question}`;
  }
}

/** What was understood and why it does not do, as a sentence. Ready to show. */
export function problemOf(
  words: DialogueWords,
  remark: Exclude<FieldFinding, { is: 'value' }>,
  field: DialogueField | undefined,
): string {
  const kind = remark.is === 'several' ? 'several' : remark.problem.why;
  const { unit, min, max, maxLength, objectTypes = [] } = field ?? {};
  return filledIn(words.problems[kind], {
    ...(remark.is === 'several' ? {} : understoodOf(remark.problem)),
    words: remark.words,
    unit: unit === undefined ? '' : ` ${unit}`,
    min: String(min),
    max: String(kind === 'tooLong' ? maxLength : max),
    wanted: kind === 'wrongType' ? objectTypes.join(` ${words.or} `) : (unit ?? words.noUnit),
  });
}

/** `{label}` and its like replaced, in one pass: what an answer said is never looked through for more. */
export function filledIn(text: string, parts: PromptParts): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) =>
    Object.hasOwn(parts, name) ? (parts[name] ?? '') : whole,
  );
}

function understoodOf(problem: Wrong): PromptParts {
  switch (problem.why) {
    case 'tooSmall':
    case 'tooLarge':
      return { value: String(problem.value) };
    case 'tooLong':
      return { value: String(problem.length) };
    case 'wrongUnit':
      return { given: problem.unit };
    case 'noSuchObject':
      return { given: problem.name };
    case 'wrongType':
      return { given: problem.type };
    default:
      return {};
  }
}

function rangeOf({ range }: DialogueWords, { min, max, unit }: PromptParts): string {
  const inUnit = unit === '' ? '.' : ' {unit}.';
  if (min !== '' && max !== '') return range.between + inUnit;
  if (min !== '') return range.atLeast + inUnit;
  return max === '' ? '' : range.atMost + inUnit;
}
