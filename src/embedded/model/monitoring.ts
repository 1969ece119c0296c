import type { ProjectModel, WwiseObject } from './model.ts';

/** Which objects are muted and soloed. Lives in memory with the open project, as in Wwise: no file holds it. */
export interface Monitoring {
  /** GUIDs. */
  readonly muted: Set<string>;
  readonly soloed: Set<string>;
}

export function monitoringOf(model: ProjectModel): Monitoring {
  const known = monitorings.get(model);
  if (known !== undefined) return known;
  const fresh: Monitoring = { muted: new Set(), soloed: new Set() };
  monitorings.set(model, fresh);
  return fresh;
}

const monitorings = new WeakMap<ProjectModel, Monitoring>();

/** Muted because something above it is, or because others are soloed and it is neither soloed, nor above or below one that is. */
export function isImplicitlyMuted(model: ProjectModel, object: WwiseObject): boolean {
  const { muted, soloed } = monitoringOf(model);
  if (someAbove(object, muted)) return true;
  if (soloed.size === 0 || soloed.has(object.id) || someAbove(object, soloed)) return false;
  return !holdsSoloed(model, object);
}

/** Soloed because something above or below it is. */
export function isImplicitlySoloed(model: ProjectModel, object: WwiseObject): boolean {
  const { soloed } = monitoringOf(model);
  return soloed.size > 0 && (someAbove(object, soloed) || holdsSoloed(model, object));
}

function someAbove(object: WwiseObject, ids: ReadonlySet<string>): boolean {
  if (ids.size === 0) return false;
  for (let at = object.parent; at !== null; at = at.parent) if (ids.has(at.id)) return true;
  return false;
}

function holdsSoloed(model: ProjectModel, object: WwiseObject): boolean {
  for (const id of monitoringOf(model).soloed) {
    for (let at = model.byId(id)?.parent ?? null; at !== null; at = at.parent) if (at === object) return true;
  }
  return false;
}
