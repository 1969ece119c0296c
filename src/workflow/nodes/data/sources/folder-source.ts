import type { JsonObject } from '../../../../core/json.ts';
import type { NodeContext } from '../../node-kind.ts';
import { MOST_ROWS, type SourceInput } from './source-input.ts';

/** The files of a folder as rows, by path. */
export async function folderSource(
  { path = '', recursive, extensions, audio, limit }: SourceInput,
  { outside }: NodeContext,
): Promise<JsonObject> {
  const entries = await outside.listFolder(path, {
    recursive,
    extensions: extensions?.map((one) => `.${one.replace(/^\./, '').toLowerCase()}`),
    withAudio: audio,
    most: MOST_ROWS,
  });
  const items = limit === undefined ? entries : entries.slice(0, limit);
  return { items, count: items.length };
}
