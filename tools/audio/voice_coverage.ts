import { existsSync } from 'node:fs';
import { z } from 'zod';
import { page, pageInput, pageOutput } from '../../src/core/answers/page.ts';
import { unreadableOutput } from '../../src/core/backend/project-files.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { asString } from '../../src/core/json.ts';
import { didYouMean } from '../../src/core/text/nearest.ts';
import { originalPathExpression } from '../../src/wwise/audio/originals/original-path.ts';
import { isLfsPointer } from '../../src/wwise/files/lfs-pointer.ts';
import { askRows } from '../../src/wwise/objects/finding/ask-rows.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { leanRef, namedTargetOf } from '../../src/wwise/objects/rows/lean-ref.ts';
import { objectField } from '../../src/wwise/objects/rows/object-field.ts';
import { referenceIdOf, refOf, refReturns } from '../../src/wwise/objects/rows/object-row.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

export const voiceCoverage = defineCommand({
  name: 'voice_coverage',
  title: 'Voice coverage',
  description: 'List the Sound Voices that lack audio in a language. Import it with audio_import.',
  toolset: 'audio',
  effect: 'read',
  reliesOnWholeProject: 'reports',
  examples: [{ title: 'Find what is not localised', input: {} }],
  waapiCalls: 2,
  input: z.strictObject({
    under: objectField('Only below this object').optional(),
    languages: z.array(z.string().trim().min(1)).min(1).optional().describe('Default: all of the project.'),
    ...pageInput,
  }),
  output: z.object({
    voices: z.int(),
    languages: z.record(z.string(), z.int()).describe('Voices with audio, by language.'),
    incomplete: z.array(
      z.object({
        object: leanRef,
        missing: z.array(z.string()).describe('Languages without a source.'),
        noFile: z.array(z.string()).describe('Languages whose file is not there, or a Git LFS pointer.'),
      }),
    ),
    ...pageOutput,
    ...unreadableOutput,
  }),
  async run(input, context) {
    const { under, languages: asked } = input;
    const facts = await context.project();
    const languages =
      asked === undefined ? facts.languages : asked.map((name) => known(name, facts.languages));
    const below = under === undefined ? '' : (await findObject(under, context)).id;
    const from = (type: string) =>
      below === '' ? `$ from type ${type}` : `$ "${below}" select this, descendants where type = "${type}"`;
    const sounds = await askRows(from('Sound'), [...refReturns, '@IsVoice'], context);
    const voices = sounds.filter((row) => row['@IsVoice'] === true).map(refOf);
    const spoken = await spokenLanguages(from('AudioFileSource'), context);
    const counts = Object.fromEntries(languages.map((name) => [name, 0]));
    const incomplete = voices.flatMap((object) => {
      const sources = spoken.get(object.id);
      const missing = languages.filter((name) => sources?.has(name) !== true);
      const noFile = languages.filter((name) => sources?.get(name) === false);
      for (const name of languages) if (sources?.get(name) === true) counts[name] = (counts[name] ?? 0) + 1;
      return missing.length + noFile.length === 0 ? [] : [{ object, missing, noFile }];
    });
    const { items, ...rest } = page('voice_coverage', input, incomplete, ({ object, ...rest }) => ({
      ...rest,
      object: { ...object },
    }));
    return { voices: voices.length, languages: counts, incomplete: items, ...rest };
  },
});

/** By Sound: its languages, and whether a file of each is there. Files count as there when Originals cannot be seen. */
async function spokenLanguages(waql: string, context: CommandContext) {
  const facts = await context.project();
  const file = originalPathExpression(facts);
  const canSee = existsSync(facts.originalsDir);
  const spoken = new Map<string, Map<string, boolean>>();
  for (const row of await askRows(waql, ['id', 'parent', 'audioSourceLanguage', file], context)) {
    const sound = referenceIdOf(row.parent) ?? '';
    const language = namedTargetOf(row.audioSourceLanguage)?.name ?? '';
    const path = asString(row[file]) ?? '';
    const isThere = !canSee || (path !== '' && existsSync(path) && !isLfsPointer(path));
    const languages = spoken.get(sound) ?? new Map<string, boolean>();
    languages.set(language, isThere || languages.get(language) === true);
    spoken.set(sound, languages);
  }
  return spoken;
}

function known(name: string, languages: readonly string[]): string {
  const found = languages.find((one) => one.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `The project has no language "${name}".${didYouMean(name, languages)}`,
    { hint: 'Use one of details.languages.', details: { language: name, languages: [...languages] } },
  );
}
