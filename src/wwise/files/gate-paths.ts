import { promises as fs } from 'node:fs';
import { dirname } from 'node:path';
import { WwiseFlowError } from '../../core/errors.ts';
import { checkedPath, type PathRules } from '../../core/files/checked-path.ts';
import { asString, isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';
import { documentedArguments } from './documented-arguments.gen.ts';
import { type FileArgument, fileArguments, pathProperties } from './file-arguments.ts';
import { mapAt } from './map-at.ts';
import { checkExternalSources, checkImportRows } from './named-files.ts';
import { checkInsideOriginals, looksLikeFilePath } from './originals-paths.ts';

export interface GateRules extends PathRules {
  /** False where nothing is to happen outside the project, as in a preview. */
  readonly mayWrite: boolean;
}

/**
 * The connection with every path checked before a call is sent, whoever makes the call. What passes is sent as the absolute
 * path that was checked. In a function or a top-level argument that is not documented, every text that looks like the path
 * of a file must lie in an allowed directory.
 * Rejects with PATH_NOT_ALLOWED; FILE_CONFLICT for a file to write that exists; FILE_UNREADABLE and INVALID_INPUT for a file
 * that names others and cannot be looked through; INVALID_INPUT for a link where a file is to go or to change its place, and for a
 * folder where files are to be named.
 */
export function gatePaths(waapi: Waapi, rules: GateRules): Waapi {
  return withCall(waapi, async (uri, args = {}, options, control) =>
    waapi.call(
      uri,
      mayHoldPaths(uri, args) ? await checkedArguments(uri, args, rules) : args,
      options,
      control,
    ),
  );
}

/** What is sent for these arguments. Rejects like `gatePaths`. */
export async function checkedArguments(uri: string, args: JsonObject, rules: GateRules): Promise<JsonObject> {
  let checked: Json = args;
  for (const row of rowsByUri.get(uri) ?? [])
    checked = await mapAt(checked, row.argument, (value, owner, member) =>
      checkedValue(row, value, owner, member, rules),
    );
  const known = documentedArguments[uri];
  for (const [name, value] of Object.entries(args))
    if (value !== undefined && known?.includes(name) !== true && known !== null)
      await checkTexts(value, rules);
  return isJsonObject(checked) ? checked : args;
}

const rowsByUri = new Map<string, FileArgument[]>();
for (const row of fileArguments) rowsByUri.set(row.uri, [...(rowsByUri.get(row.uri) ?? []), row]);

function mayHoldPaths(uri: string, args: JsonObject): boolean {
  if (rowsByUri.has(uri)) return true;
  const known = documentedArguments[uri];
  return known !== null && Object.keys(args).some((name) => known?.includes(name) !== true);
}

async function checkedValue(
  row: FileArgument,
  value: Json,
  owner: JsonObject,
  member: string,
  rules: GateRules,
): Promise<Json> {
  const text = asString(value);
  if (text === undefined || text === '' || !applies(row, text, owner, member)) return value;
  if (row.access === 'originals') {
    checkInsideOriginals(text.split('|')[0] ?? '', text);
    return value;
  }
  const { path, exists, isLink, isSeen } = await checkedPath(
    text,
    row.access,
    rules,
    await startOf(row, text, rules),
  );
  if (row.noLink === true && isLink) throw namesLink(text, path);
  if (row.noFolder === true && (await isFolder(path))) throw namesFolder(text);
  if (row.asGiven === true) return value;
  if (row.access === 'write' && !rules.mayWrite) throw notInPreview(row.uri, path);
  if (row.access === 'write' && exists && row.mayExist !== true) throw alreadyThere(path);
  if (row.names === 'import rows') await checkImportRows(path, isSeen, rules);
  if (row.names === 'external sources') await checkExternalSources(path, isSeen, rules);
  return path;
}

function applies(row: FileArgument, text: string, owner: JsonObject, member: string): boolean {
  const { when } = row;
  if (when === 'looks like a file path') return looksLikeFilePath(text);
  if (when === 'names a capture') return looksLikeFilePath(text) || /[\\/]|\.prof$/i.test(text);
  if (when === 'asks for similar audio') return owner.type === 'audioSimilarity';
  if (when === undefined) return true;
  return pathProperties.has((asString(owner.property) ?? member).replace(/^@/, ''));
}

async function startOf(row: FileArgument, text: string, rules: GateRules): Promise<string | undefined> {
  if (row.countedFrom === undefined || looksLikeFilePath(text)) return undefined;
  const project = await rules.projectDirs?.();
  return row.countedFrom === 'project' ? project?.dir : project?.originalsDir;
}

async function checkTexts(value: Json, rules: GateRules): Promise<void> {
  if (typeof value === 'string') {
    if (!looksLikeFilePath(value)) return;
    const { path } = await checkedPath(value, 'write', rules);
    if (!rules.mayWrite) throw notInPreview('A function that is not documented', path);
  } else if (Array.isArray(value)) for (const item of value) await checkTexts(item, rules);
  else if (isJsonObject(value))
    for (const member of Object.values(value)) if (member !== undefined) await checkTexts(member, rules);
}

function namesLink(given: string, path: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${given}" is a link to "${path}": nothing was done.`, {
    hint: 'Name the file itself, if it is meant.',
    details: { path: given, leadsTo: path },
  });
}

async function isFolder(path: string): Promise<boolean> {
  return fs.stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

function namesFolder(given: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `"${given}" is a folder: nothing was done.`, {
    hint: 'Name the files in it one by one: others may have changed more there.',
    details: { path: given },
  });
}

function alreadyThere(path: string): WwiseFlowError {
  return new WwiseFlowError('FILE_CONFLICT', `"${path}" exists: nothing was written.`, {
    hint: 'Give the name of a file that does not exist yet; existing ones are never written over.',
    details: { path, folder: dirname(path) },
  });
}

function notInPreview(uri: string, path: string): WwiseFlowError {
  return new WwiseFlowError('WAAPI_ERROR', `${uri} would write "${path}": that is not tried in a preview.`, {
    hint: 'Run the workflow to have the file written; a preview shows what happens in the project only.',
    details: { uri: 'ak.wwise.unavailable', path },
  });
}
