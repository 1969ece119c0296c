import { isDeepStrictEqual } from 'node:util';
import { compileDialogue } from '../../../../src/workflow/dialogue/dialogue.ts';
import { extractAnswer } from '../../../../src/workflow/dialogue/extraction/extract.ts';
import type { FindObjects } from '../../../../src/workflow/dialogue/extraction/objects.ts';
import { plain } from '../../../../src/workflow/dialogue/extraction/words-of.ts';
import type { FieldFinding } from '../../../../src/workflow/dialogue/finding.ts';
import { beginDialogue } from '../../../../src/workflow/dialogue/reduce.ts';
import { dialogueTemplate } from '../../../../src/workflow/dialogue/template.ts';
import { type CorpusAnswer, type CorpusFile, corpusFields, corpusFiles, corpusObjects } from './corpus.ts';

/** How well one half of the corpus is understood in one language before a model is asked. */
export interface CorpusMeasure {
  readonly language: CorpusFile['language'];
  readonly written: CorpusFile['written'];
  readonly answers: number;
  /** Findings that are what a person takes from the answer, of all findings. */
  readonly precision: number;
  /** Of what a person takes from the answers: what was found. */
  readonly recall: number;
  /** One line for each answer that was understood otherwise. */
  readonly misses: readonly string[];
}

/** Measures every half of the corpus. A finding that several fit, or that a value cannot be, counts as a value does. */
export async function measureCorpus(): Promise<readonly CorpusMeasure[]> {
  return Promise.all(corpusFiles.map(measure));
}

async function measure({ language, written, answers }: CorpusFile): Promise<CorpusMeasure> {
  let [found, expected, right] = [0, 0, 0];
  const misses: string[] = [];
  for (const one of answers) {
    const findings = await understood(language, one);
    const rights = Object.keys(findings).filter((name) => isAsExpected(findings[name], one.expected[name]));
    found += Object.keys(findings).length;
    expected += Object.keys(one.expected).length;
    right += rights.length;
    if (rights.length < Math.max(Object.keys(findings).length, Object.keys(one.expected).length))
      misses.push(missOf(language, one, findings));
  }
  const counts = { language, written, answers: answers.length, misses };
  return { ...counts, precision: right / found, recall: right / expected };
}

type Findings = Readonly<Record<string, FieldFinding>>;

async function understood(language: 'en' | 'it', { asked, answer }: CorpusAnswer): Promise<Findings> {
  const fields = asked.map((name) => ({ name, ...corpusFields[name] }));
  const dialogue = compileDialogue(dialogueTemplate.parse({ language, fields }));
  const { state } = beginDialogue(dialogue);
  return (await extractAnswer(answer, dialogue, state, { findObjects, nowMs })).findings;
}

/** A Wednesday. */
const nowMs = Date.UTC(2026, 2, 4, 12);

const findObjects: FindObjects = async (phrases) =>
  new Map(
    phrases.map((phrase) => {
      const isNamed = ({ path }: { path: string }): boolean =>
        path.toLowerCase() === phrase.toLowerCase() ||
        joined(path.slice(path.lastIndexOf('\\') + 1)) === joined(phrase);
      return [
        phrase,
        corpusObjects.filter(isNamed).map(({ path, type }) => ({ value: path, label: path, type })),
      ];
    }),
  );

function joined(name: string): string {
  return plain(name).replaceAll(' ', '');
}

function isAsExpected(finding: FieldFinding | undefined, expected: unknown): boolean {
  if (finding === undefined || expected === undefined) return false;
  if (finding.is !== 'value') return isDeepStrictEqual(expected, { is: finding.is });
  const { value, layer } = finding;
  if (layer === 'project') return typeof value === 'string' && value.endsWith(`\\${String(expected)}`);
  // Half of a level is -6.02 dB, and everybody says -6.
  if (typeof value === 'number' && typeof expected === 'number') return Math.abs(value - expected) < 0.05;
  return isDeepStrictEqual(value, expected);
}

function missOf(language: string, { asked, answer, expected }: CorpusAnswer, findings: Findings): string {
  const got = Object.entries(findings).map(([name, finding]) => [
    name,
    finding.is === 'value' ? finding.value : { is: finding.is },
  ]);
  return `${language} ${asked.join(', ')}: "${answer}" is ${JSON.stringify(Object.fromEntries(got))}, not ${JSON.stringify(expected)}`;
}
