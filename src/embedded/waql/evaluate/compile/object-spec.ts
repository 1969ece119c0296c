import { nearest } from '../../../../core/text/nearest.ts';
import type { ProjectModel, WwiseObject } from '../../../model/model.ts';
import type { TextNode } from '../../ast.ts';
import { choices } from '../../choices.ts';
import { objectNotFound } from '../../query-error.ts';

/** The object a specification names: a path, a GUID, `Type:Name`, `Type:ShortId` or `Global:ShortId`. Throws `Object not found (POSITION)`. */
export function resolveSpec(model: ProjectModel, spec: TextNode): WwiseObject {
  const object = findBySpec(model, spec.text);
  if (object === undefined) throw objectNotFound(spec.text, spec.position, candidates(model, spec.text));
  return object;
}

/** Like resolveSpec, undefined when there is no such object. */
export function findBySpec(model: ProjectModel, text: string): WwiseObject | undefined {
  if (text.startsWith('\\')) return model.byPath(text);
  if (text.startsWith('{')) return model.byId(text.toUpperCase());
  const colon = text.indexOf(':');
  if (colon === -1) return undefined;
  const prefix = text.slice(0, colon);
  const rest = text.slice(colon + 1);
  const shortId = /^[0-9]+$/.test(rest) ? Number(rest) : undefined;
  if (prefix.toLowerCase() === 'global')
    return shortId === undefined ? undefined : byGlobalShortId(model, shortId);

  const type = model.typeName(prefix);
  if (type === undefined) return undefined;
  const named = uniquelyNamed.has(type) ? model.byName(type, rest) : undefined;
  const numbered = (): WwiseObject | undefined =>
    shortId === undefined ? undefined : model.byShortId(type, shortId);
  return choices.numericNameFirst ? (named ?? numbered()) : (numbered() ?? named);
}

/** Types whose names are unique in the whole project. */
const uniquelyNamed = new Set([
  'AcousticTexture',
  'Attenuation',
  'AudioDevice',
  'AuxBus',
  'Bus',
  'Conversion',
  'DialogueEvent',
  'Effect',
  'Event',
  'GameParameter',
  'Language',
  'MidiParameter',
  'ModulatorEnvelope',
  'ModulatorLfo',
  'ModulatorTime',
  'Platform',
  'SoundBank',
  'State',
  'StateGroup',
  'SwitchGroup',
  'Trigger',
]);

/** As many as `nearest` gives at most. */
const MOST_CANDIDATES = 3;

/** Short ids are unique over all types but those whose id comes from the name. */
function byGlobalShortId(model: ProjectModel, shortId: number): WwiseObject | undefined {
  for (const object of model.all()) {
    if (!uniquelyNamed.has(object.type) && model.shortId(object) === shortId) return object;
  }
  return undefined;
}

function candidates(model: ProjectModel, text: string): readonly string[] {
  if (text.startsWith('\\')) return nearPaths(model, text);
  const colon = text.indexOf(':');
  const type = colon === -1 ? undefined : model.typeName(text.slice(0, colon));
  if (type === undefined) return [];
  const objects = Array.from(model.ofType(type));
  const near = nearest(
    text.slice(colon + 1),
    objects.map(({ name }) => name),
  );
  if (uniquelyNamed.has(type)) return near.map((name) => `${type}:${name}`);
  // Names of this type do not distinguish objects, so it has no such form: their paths do.
  const [nearestName = ''] = near;
  const isNamed = (name: string): boolean => name.toLowerCase() === nearestName.toLowerCase();
  const meant = objects.filter(({ name }) => isNamed(name));
  return meant.slice(0, MOST_CANDIDATES).map((object) => model.path(object));
}

/**
 * Of more children than this none is proposed: programs ask by a path whether a name is free, and to compare it with a few hundred
 * took as long as to create the object.
 */
const MOST_COMPARED = 100;

/**
 * The deepest part of the path that exists, with the child names most like the first part that does not. The depth is found
 * by halving: a path of thousands of parts is put together a dozen times, not thousands.
 */
function nearPaths(model: ProjectModel, path: string): readonly string[] {
  const parts = path.split('\\').filter((part) => part !== '');
  const upTo = (depth: number) => model.byPath(`\\${parts.slice(0, depth).join('\\')}`);
  let known = 0;
  for (let missing = parts.length; missing - known > 1; ) {
    const middle = (known + missing) >> 1;
    if (upTo(middle) === undefined) missing = middle;
    else known = middle;
  }
  const parent = upTo(known);
  if (parent === undefined) return [];
  if (model.childCount(parent) > MOST_COMPARED) return [model.path(parent)];
  const near = nearest(
    parts[known] ?? '',
    Array.from(parent.children, (child) => child.name),
  );
  const wanted = parent.children.filter((child) => near.includes(child.name));
  return wanted.length === 0 ? [model.path(parent)] : wanted.map((child) => model.path(child));
}
