import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import { lookUpObject } from '../../model/naming/resolve-object.ts';
import { objectNameFrom } from '../files/stage-audio.ts';
import { ImportProblem } from './import-problem.ts';

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
  /** True when the whole path is one object's GUID: the import is into that object. */
  readonly isObject: boolean;
}

/**
 * Reads `\Containers\Default Work Unit\<Property Container>A\<Sound SFX>B`, the same after a GUID, or relative to
 * `importLocation` (a path, a GUID or `Type:Name`). A GUID alone is the object to import into. An empty path is the import
 * location itself when that plays audio; below anything else, the object is named after the audio file (documented).
 * Throws ImportProblem when it is malformed or starts nowhere.
 */
export function parseObjectPath(
  text: string,
  importLocation: string | undefined,
  fileStem: string | undefined,
  model: ProjectModel,
): ObjectPath {
  const [first = '', ...rest] = text.split('\\');
  if (text === '\\') throw new ImportProblem('The objectPath is empty.');
  const below = (start: WwiseObject, names: readonly string[]): ObjectPath => ({
    ...{ text, start, isObject: false },
    segments: names.map((part) => segment(part, text)),
  });
  if (text === '') return withoutPath(importLocation, fileStem, model);
  if (first === '') return below(model.project, rest);
  if (first.startsWith('{')) {
    const start = model.byId(first);
    if (start === undefined)
      throw new ImportProblem(`No object has the id ${first} that "${text}" starts with.`);
    return rest.length === 0 ? into(start, text) : below(start, rest);
  }
  if (importLocation === undefined) {
    throw new ImportProblem(
      `"${text}" is relative, but the import has no importLocation. Give one, or start the path with "\\Containers".`,
    );
  }
  const location = locate(importLocation, model);
  const path = below(location, [first, ...rest]);
  return startsWithItself(path)
    ? { ...path, start: location.parent ?? location, isObject: rest.length === 0 }
    : path;
}

/**
 * Nothing can be imported as an object below one that plays audio, so `<Sound>A` with the Sound A as its location is
 * that Sound: programs that refill a Sound write it so.
 */
function startsWithItself({ start, segments }: ObjectPath): boolean {
  return playsAudio.has(start.type) && segments[0]?.name.toLowerCase() === start.name.toLowerCase();
}

function locate(importLocation: string, model: ProjectModel): WwiseObject {
  const start = lookUpObject(model, importLocation);
  if (start === undefined) throw new ImportProblem(`The importLocation "${importLocation}" does not exist.`);
  return start;
}

function withoutPath(
  importLocation: string | undefined,
  fileStem: string | undefined,
  model: ProjectModel,
): ObjectPath {
  if (importLocation === undefined)
    throw new ImportProblem('The objectPath is empty, and the import has no importLocation.');
  const start = locate(importLocation, model);
  if (playsAudio.has(start.type)) return into(start, '');
  if (fileStem === undefined)
    throw new ImportProblem('The objectPath is empty, and there is no audio file to name an object after.');
  return {
    text: '',
    start,
    segments: [{ name: objectNameFrom(fileStem), type: undefined }],
    isObject: false,
  };
}

const sources = new Set(['AudioFileSource', 'MidiFileSource']);
const playsAudio = new Set([...sources, 'Sound', 'MusicTrack']);

/** The object as the end of a path; of a source, the object it belongs to is named first. */
function into(object: WwiseObject, text: string): ObjectPath {
  const { parent } = object;
  if (parent === null)
    throw new ImportProblem(`"${text}" names no object that audio could be imported into.`);
  const named = ({ name }: WwiseObject): PathSegment => ({ name, type: undefined });
  if (sources.has(object.type) && parent.parent !== null)
    return { text, start: parent.parent, segments: [named(parent), named(object)], isObject: true };
  return { text, start: parent, segments: [named(object)], isObject: true };
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
