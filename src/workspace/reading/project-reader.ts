import { win32 } from 'node:path';
import type { Bus } from '../../core/dispatch/bus.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { type Result, success } from '../../core/result.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { ProjectReader } from '../../facades/mcp/resources/project-reader.ts';
import { foldersBeginning, type ReadableFolders } from './readable-folders.ts';
import { workUnitsBelow, workUnitXml } from './work-unit-files.ts';

/** Reads by the commands that agents call, so that both are given the same. */
export function createProjectReader(openBus: () => Promise<Bus>, folders: ReadableFolders): ProjectReader {
  const ask = async (command: string, input: JsonObject): Promise<Result> =>
    (await openBus()).dispatch(command, input, { caller: 'mcp' });
  /** All pages of a list, up to more than anybody chooses from; what is refused is an empty one. */
  const listed = async (command: string, input: JsonObject, member: string): Promise<readonly Json[]> => {
    const items: Json[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = await ask(command, { ...input, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok)
        throw new WwiseFlowError(page.code, page.error, { hint: page.hint, details: page.details });
      items.push(...asJsonArray(page.data[member]));
      cursor = asString(page.data.cursor);
      if (cursor === undefined) break;
    }
    return items;
  };
  const rows = async (command: string, input: JsonObject): Promise<readonly JsonObject[]> =>
    (await listed(command, input, 'objects')).map(asJsonObject);
  const projectDir = async (): Promise<string> => {
    const info = await ask('project_info', {});
    if (!info.ok) throw new WwiseFlowError(info.code, info.error, { hint: info.hint, details: info.details });
    const filePath = asString(info.data.filePath) ?? '';
    return (folders.toLocal ?? ((path: string) => path))(win32.dirname(filePath));
  };
  const uris = (topics: boolean, member = 'uris') =>
    listed('waapi_functions', { topics, limit: 500 }, member);
  return {
    info: () => ask('project_info', {}),
    tree: (root) => ask('project_tree', root === undefined ? {} : { root }),
    object: (objectId) => ask('get_object', { objectId }),
    workUnits: async () => workUnitsBelow(await projectDir()),
    workUnit: async (file) => {
      const dir = await projectDir();
      const known = await workUnitsBelow(dir);
      const wanted = file.replaceAll('\\', '/');
      if (known.includes(wanted)) {
        const { data, ...rest } = success({});
        return { ...rest, data: { ...data, text: workUnitXml(dir, wanted) } };
      }
      throw new WwiseFlowError(
        'FILE_NOT_FOUND',
        `The project has no Work Unit file "${file.slice(0, 300)}".`,
        {
          hint: 'Name one by its path below the folder of the project, as Events/Default Work Unit.wwu.',
          details: { file: file.slice(0, 300), candidates: nearest(wanted, known) },
        },
      );
    },
    waapi: async () =>
      success({
        functions: [...(await uris(false))],
        reading: [...(await uris(false, 'reading'))],
        topics: [...(await uris(true))],
      }),
    waapiSchema: (uri) => ask('waapi_schema', { uri, parts: ['args', 'options', 'result', 'publish'] }),
    paths: async (text) => {
      const at = text.lastIndexOf('\\');
      if (text !== '' && at < 0) {
        const found = await rows('search', { words: text.replaceAll(/["\\\r\n]/g, ' ').trim(), limit: 100 });
        return found.flatMap(({ path }) => asString(path) ?? []);
      }
      const above = at <= 0 ? '\\' : text.slice(0, at);
      const below = await rows('project_tree', { root: above, depth: 1, response_format: 'detailed' });
      const paths = below.flatMap(({ path }) => asString(path) ?? []);
      return paths.filter((path) => path.toLowerCase().startsWith(text.toLowerCase()));
    },
    named: async (kind, text) => {
      const found = await rows('query_waql', { query: `$ from type ${kind} orderby path`, limit: 500 });
      return found
        .filter(({ name }) => (asString(name) ?? '').toLowerCase().includes(nameIn(text)))
        .flatMap(({ path }) => asString(path) ?? []);
    },
    folders: (text) => foldersBeginning(text, folders),
  };
}

const mostPages = 20;

/** Somebody who completes a path has written some of it already. */
function nameIn(text: string): string {
  return (text.split('\\').at(-1) ?? '').toLowerCase();
}
