import { z } from 'zod';
import type { KeptEdits, Recoveries } from '../../src/core/backend/recoveries.ts';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { defineCommand } from '../../src/wwise/wwise-command.ts';

/** How many objects of each are shown. */
const shownObjects = 50;

export const projectRecover = defineCommand({
  name: 'project_recover',
  title: 'Recover unsaved edits',
  description:
    'Look at, apply or discard unsaved edits of earlier sessions, when project_info lists some in recoveries. Not for edits of this session: project_save.',
  toolset: 'project',
  effect: 'barrier',
  hints: { destructive: true },
  examples: [{ title: 'See what is kept', input: {} }],
  waapiCalls: 0,
  input: z.strictObject({
    action: z
      .enum(['look', 'apply', 'discard'])
      .default('look')
      .describe(
        'apply saves them and reloads; refused where a file changed since, or edits are unsaved. discard is final.',
      ),
    recovery: z.string().optional().describe('Its id; may be left out when there is one.'),
  }),
  output: z.object({
    recoveries: z
      .array(
        z.object({
          id: z.string().describe('For the recovery input.'),
          writtenAt: z.string().describe('When that session ended.'),
          files: z.array(
            z.object({
              path: z.string().describe('The file.'),
              change: z.enum(['changed', 'added', 'removed']).describe('What applying does to it.'),
              onDisk: z
                .enum(['ready', 'done', 'conflict'])
                .describe('ready to apply, done: on disk already, conflict: changed since.'),
            }),
          ),
          objects: z
            .array(z.object({ id: z.string(), path: z.string(), type: z.string(), change: z.string() }))
            .describe('The first 50 objects with unsaved edits.'),
          objectCount: z.int().describe('How many there are.'),
        }),
      )
      .describe('What is kept now, oldest first.'),
    unreadable: z
      .array(z.object({ filePath: z.string(), problem: z.string() }))
      .describe('Recovery files that cannot be used.'),
    applied: z.string().nullable().describe('The recovery that was applied.'),
    discarded: z.string().nullable().describe('The recovery that was discarded.'),
    savedFiles: z.array(z.string()).describe('Files that applying wrote.'),
  }),
  async run({ action, recovery }, context) {
    // Opens the project, so that there is one to ask about.
    await context.project();
    const recoveries = context.recoveries();
    if (recoveries === null) {
      if (action === 'look') return answer(undefined, { savedFiles: [] });
      throw nothingKept();
    }
    const { kept } = recoveries.list();
    if (action === 'look') return answer(recoveries, { only: recovery, savedFiles: [] });
    const id = recovery ?? theOne(kept);
    if (action === 'discard') {
      await recoveries.discard(id);
      return answer(recoveries, { discarded: id, savedFiles: [] });
    }
    const savedFiles = await recoveries.apply(id);
    return answer(recoveries, { applied: id, savedFiles: [...savedFiles] });
  },
});

interface Done {
  readonly only?: string | undefined;
  readonly applied?: string;
  readonly discarded?: string;
  readonly savedFiles: string[];
}

function answer(recoveries: Recoveries | undefined, { only, applied, discarded, savedFiles }: Done) {
  const { kept, unreadable } = recoveries?.list() ?? { kept: [], unreadable: [] };
  const shown = kept.filter(({ id }) => only === undefined || id === only);
  return {
    recoveries: shown.map(({ id, writtenAtMs, files, objects, objectCount }) => ({
      ...{ id, writtenAt: new Date(writtenAtMs).toISOString() },
      files: files.map((file) => ({ ...file })),
      objects: objects.slice(0, shownObjects).map((object) => ({ ...object })),
      objectCount,
    })),
    unreadable: unreadable.map((file) => ({ ...file })),
    applied: applied ?? null,
    discarded: discarded ?? null,
    savedFiles,
  };
}

function theOne(kept: readonly KeptEdits[]): string {
  const [first, second] = kept;
  if (first === undefined) throw nothingKept();
  if (second === undefined) return first.id;
  const candidates = kept.map(({ id }) => id);
  throw new WwiseFlowError('INVALID_INPUT', `${kept.length} recoveries are kept: say which.`, {
    hint: `Give recovery one of these: ${candidates.join(', ')}.`,
    details: { candidates },
  });
}

function nothingKept(): WwiseFlowError {
  return new WwiseFlowError('FILE_NOT_FOUND', 'No unsaved edits of earlier sessions are kept here.', {
    hint: 'Nothing is to be recovered: go on.',
    details: {},
  });
}
