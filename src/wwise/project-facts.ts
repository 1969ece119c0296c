import { dirname, win32 } from 'node:path';
import { toWwiseFlowError, WwiseFlowError } from '../core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { Waapi } from './connection/waapi.ts';

/** Facts about the open project, read once per connection and kept until the project changes. */
export interface ProjectFacts {
  readonly id: string;
  readonly name: string;
  /** Absolute path of the .wproj, as this machine sees it. */
  readonly filePath: string;
  /** Wwise's year: 2025 for 2025.1. */
  readonly year: number;
  /** As Wwise shows it: `v2025.1.0`. */
  readonly wwiseVersion: string;
  /** Directory of the Originals, as this machine sees it. */
  readonly originalsDir: string;
  readonly languages: readonly string[];
  readonly platforms: readonly string[];
}

export interface ProjectFactsCache {
  /** The facts, asked once and shared by everyone who asks meanwhile. */
  get(): Promise<ProjectFacts>;
  /** Forgets them: another project may be open now. */
  invalidate(): void;
}

/** The folders of the open project; empty names while none is open. Rejects like Waapi otherwise. */
export async function projectDirsOf(
  facts: () => Promise<ProjectFacts>,
): Promise<{ readonly dir: string; readonly originalsDir: string }> {
  try {
    const { filePath, originalsDir } = await facts();
    return { dir: win32.dirname(filePath), originalsDir };
  } catch (thrown) {
    if (toWwiseFlowError(thrown).code !== 'WAAPI_ERROR') throw thrown;
    return { dir: '', originalsDir: '' };
  }
}

export interface ProjectFactsListener {
  /** Called each time the facts were asked; `session` names the running Wwise. */
  readonly onAsked?: (facts: ProjectFacts, session: string) => void;
  /** Wwise loaded or closed a project. */
  readonly onReloaded?: () => void;
}

/**
 * Facts about the open project. Asked again after Wwise opened or closed a project and after `invalidate`.
 * Rejects like Waapi; WAAPI_ERROR when no project is open.
 */
export function createProjectFacts(
  waapi: Waapi,
  log: Log,
  attentive: ProjectFactsListener = {},
): ProjectFactsCache {
  let facts: Promise<ProjectFacts> | undefined;
  let askedOverLink: number | undefined;
  let subscribed = false;
  const invalidate = () => {
    facts = undefined;
  };
  const subscribe = async () => {
    if (subscribed) return;
    subscribed = true;
    for (const topic of ['ak.wwise.core.project.loaded', 'ak.wwise.core.project.postClosed']) {
      try {
        await waapi.subscribe(topic, {}, () => {
          attentive.onReloaded?.();
          invalidate();
        });
      } catch (error) {
        log.debug({ topic, reason: toWwiseFlowError(error).message }, 'No news about project changes');
      }
    }
  };
  const ask = async () => {
    await subscribe();
    const info = await waapi.call('ak.wwise.core.getInfo');
    const answer = await askFacts(info, waapi);
    attentive.onAsked?.(answer, `${info.processId ?? ''} ${info.sessionId ?? ''}`);
    askedOverLink = waapi.linkCount;
    return answer;
  };
  const get = async () => {
    // A caller that waits for the first answer must not be sent away by the link that this very call opened.
    if (facts !== undefined && (askedOverLink === undefined || askedOverLink === waapi.linkCount))
      return facts;
    askedOverLink = undefined;
    const asked = ask();
    facts = asked;
    asked.catch(() => {
      if (facts === asked) facts = undefined;
    });
    return asked;
  };
  return { get, invalidate };
}

type Version = Pick<ProjectFacts, 'year' | 'wwiseVersion'>;

async function askFacts(info: JsonObject, waapi: Waapi): Promise<ProjectFacts> {
  const year = numberOf(asJsonObject(info.version).year) ?? 0;
  const version = { year, wwiseVersion: asString(asJsonObject(info.version).displayName) ?? `v${year}` };
  // getProjectInfo came with 2022.1; before, the project is an object like any other.
  return year >= 2022
    ? factsOfProjectInfo(await waapi.call('ak.wwise.core.getProjectInfo'), version)
    : askOldWwise(waapi, version);
}

function factsOfProjectInfo(info: JsonObject, version: Version): ProjectFacts {
  return checked({
    id: (asString(info.id) ?? '').toUpperCase(),
    name: asString(info.name) ?? '',
    filePath: asString(info.path) ?? '',
    ...version,
    originalsDir: (asString(asJsonObject(info.directories).originals) ?? '').replace(/(?<=.)[\\/]+$/, ''),
    languages: namesOf(info.languages),
    platforms: namesOf(info.platforms),
  });
}

async function askOldWwise(waapi: Waapi, version: Version): Promise<ProjectFacts> {
  const rows = async (type: string, ...returns: string[]) =>
    asJsonArray(
      (
        await waapi.call(
          'ak.wwise.core.object.get',
          { waql: `$ from type ${type}` },
          { return: ['id', 'name', ...returns] },
        )
      ).return,
    ).filter(isJsonObject);
  const [project] = await rows('Project', 'filePath');
  const filePath = asString(project?.filePath) ?? '';
  return checked({
    id: (asString(project?.id) ?? '').toUpperCase(),
    name: asString(project?.name) ?? '',
    filePath,
    ...version,
    originalsDir: `${folderOf(filePath)}Originals`,
    languages: namesOf(await rows('Language')),
    platforms: namesOf(await rows('Platform')),
  });
}

function checked(facts: ProjectFacts): ProjectFacts {
  if (facts.id !== '') return facts;
  throw new WwiseFlowError('WAAPI_ERROR', 'No project is open in Wwise.', {
    hint: 'Open a project in Wwise, then try again.',
  });
}

/** Folder of a path in Wwise's notation, with its separator at the end. */
function folderOf(path: string): string {
  const end = Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/'));
  return end < 0 ? `${dirname(path)}/` : path.slice(0, end + 1);
}

function namesOf(list: Json | readonly JsonObject[] | undefined): string[] {
  return asJsonArray(list).flatMap((item) => asString(asJsonObject(item).name) ?? []);
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
