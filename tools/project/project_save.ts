import { z } from 'zod';
import { toWwiseFlowError } from '../../src/core/errors.ts';
import { asJsonArray, asString, isJsonObject } from '../../src/core/json.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';

/** How long Wwise may take to publish what it saved, after it answered. In milliseconds. */
const NEWS_PATIENCE_MS = 2_000;

export const projectSave = defineCommand({
  name: 'project_save',
  title: 'Save project',
  description: 'Save all changes to disk, when the work is done: until then they live in Wwise only.',
  toolset: 'project',
  effect: 'barrier',
  savesProject: true,
  irreversible: 'What was saved stays on disk until the project is saved again.',
  examples: [{ title: 'Save', input: {} }],
  input: z.strictObject({}),
  output: z.object({
    savedFiles: z
      .array(z.string())
      .nullable()
      .describe(
        'Paths of the files that were written; empty when nothing had changed, null when this Wwise does not say.',
      ),
  }),
  async run(_input, context) {
    const news = await listenForSaved(context);
    if (news === null) return saveByDirtyFlags(context);
    try {
      await context.waapi.call('ak.wwise.core.project.save');
      return { savedFiles: await news.paths() };
    } finally {
      await news.stop();
    }
  },
});

interface SavedNews {
  /** The paths Wwise published, or null when it publishes nothing in time. */
  paths(): Promise<string[] | null>;
  stop(): Promise<void>;
}

/** Subscribes to ak.wwise.core.project.saved; null where Wwise refuses the topic, as WwiseConsole 2022.1 does. */
async function listenForSaved(context: CommandContext): Promise<SavedNews | null> {
  const heard = new AbortController();
  let published: string[] | null = null;
  const onEvent = (payload: { readonly modifiedPaths?: unknown }) => {
    published = [
      ...(published ?? []),
      ...asJsonArray(payload.modifiedPaths).flatMap((path) => asString(path) ?? []),
    ];
    heard.abort();
  };
  try {
    const subscription = await context.waapi.subscribe('ak.wwise.core.project.saved', {}, onEvent);
    return {
      paths: async () => {
        await heardOrLate(heard.signal);
        return published;
      },
      stop: async () => {
        await subscription.unsubscribe().catch((error: unknown) => {
          context.log.debug(
            { reason: toWwiseFlowError(error).message },
            'Could not unsubscribe from project.saved',
          );
        });
      },
    };
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WAAPI_ERROR') throw error;
    return null;
  }
}

function heardOrLate(heard: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (heard.aborted) return resolve();
    const timer = setTimeout(resolve, NEWS_PATIENCE_MS);
    heard.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Without news: the files of the Work Units that were dirty before the save and are clean after it. */
async function saveByDirtyFlags(context: CommandContext): Promise<{ savedFiles: string[] | null }> {
  const before = await dirtyFiles(context);
  await context.waapi.call('ak.wwise.core.project.save');
  const after = before === null ? null : await dirtyFiles(context);
  return {
    savedFiles: before === null || after === null ? null : before.filter((path) => !after.includes(path)),
  };
}

async function dirtyFiles(context: CommandContext): Promise<string[] | null> {
  try {
    const answer = await context.waapi.call(
      'ak.wwise.core.object.get',
      { waql: '$ from type WorkUnit where workunitIsDirty' },
      { return: ['filePath'] },
    );
    const paths = asJsonArray(answer.return)
      .filter(isJsonObject)
      .flatMap((row) => asString(row.filePath) ?? []);
    return [...new Set(paths)];
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code === 'INVALID_QUERY' || error.code === 'WAAPI_ERROR') return null;
    throw error;
  }
}
