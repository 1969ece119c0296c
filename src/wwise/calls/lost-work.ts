import { promises as fs } from 'node:fs';
import { confirmationRequired } from '../../core/dispatch/checks/confirmation.ts';
import { toWwiseFlowError, WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asJsonObject, asString } from '../../core/json.ts';
import type { Waapi } from '../connection/waapi.ts';

/** What a file may be, as its plug-in words it, for the verb to lose nothing. Any other word may stand for work. */
const losesNothing: Readonly<Record<string, readonly string[]>> = {
  'ak.wwise.core.sourceControl.revert': ['normal', 'not in source control'],
  'ak.wwise.core.sourceControl.delete': ['normal'],
};

/**
 * Rejects with CONFIRMATION_REQUIRED, naming the files, when a source control function would throw away work that was not
 * committed; INVALID_INPUT for a folder, whose files nobody named. Other functions pass.
 */
export async function refuseLostWork(
  uri: string,
  files: readonly string[],
  isConfirmed: boolean,
  waapi: Waapi,
): Promise<void> {
  const harmless = losesNothing[uri];
  if (harmless === undefined || files.length === 0) return;
  // This call also is what refuses files that are not the project's, before anything is said about them.
  const status = await statusOf(files, waapi);
  const folders = [];
  for (const file of files) if (await isFolder(file)) folders.push(file);
  if (folders.length > 0) throw namesFolders(uri, folders);
  if (isConfirmed) return;
  const atRisk = files.flatMap((file, index) => {
    const word = status[index] ?? 'unknown';
    return harmless.includes(word.toLowerCase()) ? [] : [{ file, status: word }];
  });
  if (atRisk.length === 0) return;
  const verb = uri.split('.').at(-1) ?? '';
  const named = atRisk
    .slice(0, 3)
    .map(({ file, status: word }) => `"${file}" (${word})`)
    .join(', ');
  const more = atRisk.length > 3 ? ` and ${atRisk.length - 3} more` : '';
  throw confirmationRequired(
    `Nothing was done: ${verb} would lose what was not committed in ${named}${more}.`,
    {
      hint: 'Ask whether the work in details.files may be lost, then repeat with confirm: true; or commit it first.',
      details: { files: atRisk },
    },
  );
}

async function statusOf(files: readonly string[], waapi: Waapi): Promise<readonly (string | undefined)[]> {
  try {
    const answer = await waapi.call('ak.wwise.core.sourceControl.getStatus', { files: [...files] });
    return asJsonArray(answer.result).map((row) => asString(asJsonObject(row).status));
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    // A plug-in that cannot say it: then the work counts as at risk.
    if (error.code === 'WAAPI_ERROR') return [];
    throw error;
  }
}

async function isFolder(file: string): Promise<boolean> {
  return fs.stat(file).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
}

function namesFolders(uri: string, folders: readonly string[]): WwiseFlowError {
  const what = folders.length === 1 ? `"${folders[0]}" is a folder` : `${folders.length} folders were named`;
  return new WwiseFlowError(
    'INVALID_INPUT',
    `${what}: ${uri} takes files, so that it is known what is lost.`,
    {
      hint: 'Name the files one by one.',
      details: { folders: [...folders] },
    },
  );
}
