import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { jsonSchema } from '../../../../src/workflow/nodes/conditions/json-value.ts';

export type CorpusFile = z.output<typeof corpusFile>;
export type CorpusAnswer = CorpusFile['answers'][number];

/** A value, or what else becomes of the field. An object is written as the end of its path. */
const expectation = z.union([z.strictObject({ is: z.enum(['several', 'wrong']) }), jsonSchema]);

const corpusFile = z.strictObject({
  language: z.enum(['en', 'it']),
  written: z.enum(['without looking at the extraction', 'knowing the extraction']),
  answers: z.array(
    z.strictObject({
      /** Names in fields.json; the first is the one that is asked. */
      asked: z.array(z.string()).min(1),
      answer: z.string(),
      /** By field; one that is left out is one the answer says nothing about. */
      expected: z.record(z.string(), expectation),
    }),
  ),
});

/** What designers answered to questions, in English and Italian, with what a person takes from it. */
export const corpusFiles: readonly CorpusFile[] = ['english', 'italian'].flatMap((language) =>
  ['blind', 'seen'].map((half) => corpusFile.parse(read(`${language}-${half}.json`))),
);

/** The fields that are asked, without their names. */
export const corpusFields = z
  .record(z.string(), z.looseObject({ type: z.string() }))
  .parse(read('fields.json'));

/** The objects of the project that is asked about. */
export const corpusObjects = z
  .array(z.strictObject({ type: z.string(), path: z.string() }))
  .parse(read('objects.json'));

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}
