import { waapiErrors } from '../../protocol/waapi-errors.ts';
import type { ProjectModel, WwiseObject } from '../model.ts';

/**
 * The object an `objectArg` names: a GUID in braces, an absolute path, `Type:Name`, `Type:<short id>` or
 * `Global:<short id>`. Throws "Object ... is unknown." when there is none.
 */
export function resolveObject(model: ProjectModel, designator: string): WwiseObject {
  const object = lookUpObject(model, designator);
  if (object === undefined) throw waapiErrors.unknownObject(designator);
  return object;
}

/** The same, undefined when there is none. */
export function lookUpObject(model: ProjectModel, designator: string): WwiseObject | undefined {
  if (designator.startsWith('{')) return model.byId(designator);
  if (designator.startsWith('\\')) return model.byPath(designator);
  const colon = designator.indexOf(':');
  if (colon < 0) return undefined;
  const type = designator.slice(0, colon);
  const name = designator.slice(colon + 1);
  if (type === 'Global') return withShortId(model, name);
  return model.byName(type, name) ?? (isShortId(name) ? model.byShortId(type, Number(name)) : undefined);
}

function withShortId(model: ProjectModel, text: string): WwiseObject | undefined {
  if (!isShortId(text)) return undefined;
  const shortId = Number(text);
  for (const object of model.all()) if (model.shortId(object) === shortId) return object;
  return undefined;
}

function isShortId(text: string): boolean {
  return /^\d{1,10}$/.test(text);
}
