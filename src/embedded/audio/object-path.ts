import { findObject } from '../functions/resolve-object.ts';
import type { ProjectModel, WwiseObject } from '../model/model.ts';
import { ImportProblem } from './import-problem.ts';
import { objectNameFrom } from './stage-audio.ts';

/** One name of an import's object path, with the type written before it: `<Sound SFX>Stop`. */
export interface PathSegment {
  readonly name: string;
  readonly type: string | undefined;
}

export interface ObjectPath {
  /** The path as given, for messages. */
  readonly text: string;
  /** Where the segments start: the project, a GUID's object or the import location. */
  readonly start: WwiseObject;
  readonly segments: readonly PathSegment[];
}

/**
 * Reads `\Containers\Default Work Unit\<Property Container>A\<Sound SFX>B`, the same after a GUID, or relative to
 * `importLocation` (a path, a GUID or `Type:Name`). Throws ImportProblem when it is malformed or starts nowhere.
 */
export function parseObjectPath(
  text: string,
  importLocation: string | undefined,
  model: ProjectModel,
): ObjectPath {
  const [first = '', ...rest] = text.split('\\');
  if (text === '' || text === '\\') throw new ImportProblem('The objectPath is empty.');
  if (first === '') return { text, start: model.project, segments: rest.map((part) => segment(part, text)) };
  if (first.startsWith('{')) {
    const start = model.byId(first);
    if (start === undefined)
      throw new ImportProblem(`No object has the id ${first} that "${text}" starts with.`);
    return { text, start, segments: rest.map((part) => segment(part, text)) };
  }
  if (importLocation === undefined) {
    throw new ImportProblem(
      `"${text}" is relative, but the import has no importLocation. Give one, or start the path with "\\Containers".`,
    );
  }
  const start = findObject(model, importLocation);
  if (start === undefined) throw new ImportProblem(`The importLocation "${importLocation}" does not exist.`);
  return { text, start, segments: [first, ...rest].map((part) => segment(part, text)) };
}

function segment(part: string, path: string): PathSegment {
  const match = /^(?:<([^<>]+)>)?([^<>]+)$/.exec(part);
  const name = match?.[2]?.trim();
  if (name === undefined || name === '') {
    throw new ImportProblem(`"${part}" in "${path}" is not a name. Write names as "Name" or "<Type>Name".`);
  }
  if (/[:*?"/|]/.test(name)) {
    throw new ImportProblem(
      `The name "${name}" in "${path}" holds a character Wwise does not allow: one of : * ? " / |.`,
    );
  }
  return { name: objectNameFrom(name), type: match?.[1]?.trim() };
}
