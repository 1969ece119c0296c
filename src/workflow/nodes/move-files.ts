import { z } from 'zod';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString } from '../../core/json.ts';
import { jsonSchema } from './conditions/json-value.ts';
import { done, type OwnKind } from './node-kind.ts';

const input = z.strictObject({
  files: z
    .array(jsonSchema)
    .max(10_000)
    .describe('What is moved, by names below "from": texts, or rows with the name as "file".'),
  from: z.string().min(1).max(4_000).describe('The folder they lie in, an allowed one.'),
  to: z
    .string()
    .min(1)
    .max(4_000)
    .optional()
    .describe('The folder they go to, with the same paths below it; what lies there is left alone.'),
  delete: z
    .boolean()
    .default(false)
    .describe('true, instead of "to": they are deleted, for files that the workflow itself has made.'),
});

/** Moves files into another folder, or deletes them. */
export const moveFiles: OwnKind = Object.freeze({
  type: 'move_files',
  aliases: ['moveFiles'],
  title: 'Move files',
  description:
    'Move files out of the way, into another folder of the allowed directories, or delete those that a workflow made on its way. ' +
    'It never replaces a file. A preview moves none.',
  toolset: 'flow',
  effect: 'none',
  profile: 'builder',
  input,
  output: z.object({
    moved: z
      .array(z.string())
      .describe('Where they are now, as absolute paths; of deleted ones where they were.'),
    count: z.number().describe('How many were moved or deleted; those that had been before are counted too.'),
  }),
  oneOf: [['to'], ['delete']],
  ports: ['error'],
  // Where a file is by now is looked up.
  replay: 'reuse',
  waapiCalls: 0,
  isReadBack: false,
  irreversible: (raw) =>
    raw.delete === true
      ? 'A file that was deleted is gone.'
      : 'What it moves lies outside the project’s own files and stays where it was moved to.',
  examples: [
    {
      title: 'Put a file away',
      workflow: {
        nodes: [
          {
            id: 'made',
            type: 'output',
            data: { destination: 'file', path: 'old/notes.txt', content: 'Rain' },
          },
          { id: 'away', type: 'moveFiles', data: { from: 'old', to: 'away', files: ['notes.txt'] } },
        ],
        edges: [{ source: 'made', target: 'away' }],
      },
    },
  ],
  run: async (raw, { outside, isPreview }) => {
    const { files, from, to, delete: deletes } = input.parse(raw);
    if ((to === undefined) !== deletes)
      throw new WwiseFlowError('INVALID_INPUT', 'Give either "to" or "delete": true.', {
        hint: 'With "to" they are moved, with "delete" they are gone.',
        details: { field: 'to' },
      });
    const moved: string[] = [];
    for (const one of files) {
      const name = relativePath(asString(one) ?? asString(asJsonObject(one).file));
      if (isPreview) moved.push(`${to ?? from}/${name}`);
      else if (to === undefined) moved.push((await outside.removeFile(`${from}/${name}`)).path);
      else moved.push((await outside.moveFile(`${from}/${name}`, `${to}/${name}`)).path);
    }
    return done({ moved, count: moved.length });
  },
} satisfies OwnKind);

/** The path with slashes. Throws INVALID_INPUT for one that leads out of its folder. */
function relativePath(given: string | undefined): string {
  const path = (given ?? '').replaceAll('\\', '/');
  const parts = path.split('/');
  if (path !== '' && !/^[a-z]:/i.test(path) && !parts.some((part) => part === '' || part === '..'))
    return path;
  throw new WwiseFlowError('INVALID_INPUT', `"${path.slice(0, 200)}" is no path below "from".`, {
    hint: 'Give each file as a path below the folder "from", as "sub/file.wav".',
    details: { field: 'files', value: path.slice(0, 500) },
  });
}
