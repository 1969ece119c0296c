import { type Answer, ask } from './ask.ts';
import type { ProjectObject, Value, ValueObject } from './wire.ts';

/** The commands that the page asks for by name, each with what it reads of the answer. */
export function command<T>(name: string, input: ValueObject, signal?: AbortSignal): Promise<Answer<T>> {
  return ask<T>('POST', `/wwise/${name}`, input, signal);
}

interface Found<O extends ProjectObject = ProjectObject> {
  readonly objects: readonly O[];
  readonly total: number;
  readonly cursor?: string | null;
}

/** Objects by words in their names; without words, the first there are. */
export function searchObjects(
  words: string,
  types: readonly string[],
  signal?: AbortSignal,
): Promise<Answer<Found>> {
  if (words.trim() !== '')
    return command('search', { words, limit: 60, ...(types.length === 0 ? {} : { types }) }, signal);
  const from =
    types.length === 0
      ? '$ "\\Containers", "\\Busses" select descendants'
      : `$ from type ${types.join(', ')}`;
  return command('query_waql', { query: from, limit: 60 }, signal);
}

/** With the values that were asked for beside. */
export interface QueriedObject extends ProjectObject {
  readonly childrenCount?: number;
}

export function queryObjects(query: string, more: ValueObject = {}): Promise<Answer<Found<QueriedObject>>> {
  return command('query_waql', { query, limit: 200, ...more });
}

export interface ObjectFacts extends ProjectObject {
  readonly notes: string;
  readonly parent: ProjectObject | null;
  readonly childrenCount: number;
  readonly children: readonly ProjectObject[];
  readonly values: Readonly<Record<string, Value>>;
  readonly propertyNames?: readonly string[];
}

export function readObject(objectId: string, more: ValueObject = {}): Promise<Answer<ObjectFacts>> {
  return command('get_object', { objectId, ...more });
}

export interface ProjectFacts {
  readonly name: string;
  readonly filePath: string;
  readonly wwiseVersion: string;
  readonly isDirty: boolean;
  readonly platforms: readonly string[];
  readonly languages: readonly string[];
  readonly serves: string;
}

export async function readProject(): Promise<Answer<ProjectFacts>> {
  const answer = await ask<{ readonly projects: readonly ProjectFacts[] }>('GET', '/projects');
  if (!answer.ok) return answer;
  const [project] = answer.data.projects;
  return project === undefined
    ? {
        ok: false,
        data: null,
        error: 'No project is open.',
        code: 'PROJECT_NOT_OPEN',
        hint: 'Start with --project.',
      }
    : { ok: true, data: project };
}
