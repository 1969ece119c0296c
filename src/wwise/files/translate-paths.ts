import { toWwiseFlowError } from '../../core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';
import type { PathMap } from './path-map.ts';
import { type IsPathMember, pathArguments, pathResults } from './path-members.ts';
import { withTranslatedImportFile } from './translated-import-file.ts';

/**
 * The connection to a Wwise that may see files elsewhere: all who call it write and read paths of this machine. A call that
 * names a file Wwise cannot see rejects with FILE_UNREADABLE and is not sent. Import files are translated too; other texts
 * that hold paths (queries, logs, scripts) stay as they are.
 */
export function translatePaths(waapi: Waapi, paths: PathMap): Waapi {
  /** A path as this Wwise writes them; the project's, where one is open. */
  let example = '';

  const learn = (uri: string, answer: JsonObject): void => {
    const found = uri === 'ak.wwise.core.getProjectInfo' ? asString(answer.path) : projectFileOf(answer);
    if (found !== undefined && found !== '') example = found;
    else if (uri === 'ak.wwise.core.getInfo' && example === '')
      example = asString(asJsonObject(answer.directories).install) ?? '';
  };

  const exampleFor = async (control: Parameters<Waapi['call']>[3]): Promise<string> => {
    for (const uri of ['ak.wwise.core.getProjectInfo', 'ak.wwise.core.getInfo']) {
      if (example !== '') return example;
      try {
        learn(uri, await waapi.call(uri, {}, {}, control));
      } catch (thrown) {
        // Before 2022.1, and while no project is open, there is no project info.
        const error = toWwiseFlowError(thrown);
        if (error.code !== 'WAAPI_ERROR') throw error;
      }
    }
    return example;
  };

  const call: Waapi['call'] = async (uri, args = {}, options, control) => {
    const send = async (sent: JsonObject): Promise<JsonObject> => {
      // An answer that does not pass by here would not be translated.
      const answer = await waapi.call(uri, sent, options, { ...control, readBehind: undefined });
      learn(uri, answer);
      return translated(answer, pathResults(uri), paths.toLocal);
    };
    const isArgument = pathArguments(uri);
    if (isArgument === undefined) return send(args);
    const seen = await exampleFor(control);
    const toWwise = (path: string) => paths.toWwise(path, seen);
    const importFile = asString(args.importFile);
    if (uri !== importTabDelimited || importFile === undefined)
      return send(translated(args, isArgument, toWwise));
    return withTranslatedImportFile(importFile, toWwise, (path) =>
      send({ ...args, importFile: toWwise(path) }),
    );
  };

  return withCall(waapi, call, (topic, options, onEvent) =>
    waapi.subscribe(topic, options, (payload) =>
      onEvent(translated(payload, pathResults(topic), paths.toLocal)),
    ),
  );
}

const importTabDelimited = 'ak.wwise.core.audio.importTabDelimited';

/** The .wproj an old Wwise gives by object.get. */
function projectFileOf(answer: JsonObject): string | undefined {
  const [row] = asJsonArray(answer.return);
  const path = asString(asJsonObject(row).filePath);
  return path?.toLowerCase().endsWith('.wproj') === true ? path : undefined;
}

/** The same object where nothing is to be translated: most answers hold no path. */
function translated(
  owner: JsonObject,
  isPath: IsPathMember,
  translate: (path: string) => string,
): JsonObject {
  let copy: Record<string, Json | undefined> | undefined;
  for (const [member, value] of Object.entries(owner)) {
    const fresh = isPath(member, owner) ? path(value, translate) : inside(value, isPath, translate);
    if (fresh === value) continue;
    copy ??= { ...owner };
    copy[member] = fresh;
  }
  return copy ?? owner;
}

function path(value: Json | undefined, translate: (path: string) => string): Json | undefined {
  if (typeof value === 'string') return translate(value);
  return Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? translate(item) : item))
    : value;
}

function inside(
  value: Json | undefined,
  isPath: IsPathMember,
  translate: (path: string) => string,
): Json | undefined {
  if (isJsonObject(value)) return translated(value, isPath, translate);
  if (!Array.isArray(value)) return value;
  const items = value.map((item: Json) => inside(item, isPath, translate) ?? null);
  return items.some((item, at) => item !== value[at]) ? items : value;
}
