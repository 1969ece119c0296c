import { asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import { nullGuid } from '../../core/null-guid.ts';
import { standsForItself } from './foreign-objects.ts';

/** A changing call of ours. */
export interface OwnCall {
  readonly uri: string;
  readonly args: Json;
  readonly answer: Json;
}

export interface SeenEvent {
  readonly topic: string;
  readonly payload: JsonObject;
}

/**
 * Whether all these events are of these calls: null, or a sentence on the first that is not known to be. What a call named, or
 * what it was answered to have made, is its own; when in doubt it is somebody else's.
 */
export function whoseEvents(events: readonly SeenEvent[], calls: readonly OwnCall[]): string | null {
  if (events.length === 0) return null;
  const named = textsIn(calls.map(({ args }) => args));
  const made = textsIn(calls.map(({ answer }) => answer));
  const inner = new Set<string>();
  const deleted = new Set<string>();
  const gone: string[] = [];

  const isNamed = ({ id, path }: Row): boolean => named.has(id) || (path !== '' && named.has(path));
  const isKnown = (row: Row): boolean => isNamed(row) || made.has(row.id) || inner.has(row.id);
  const isDeleted = (row: Row): boolean =>
    isKnown(row) || deleted.has(row.id) || gone.some((top) => row.path.startsWith(`${top}\\`));
  const isText = (value: Json | undefined): boolean =>
    value === undefined || value === '' || named.has(String(value).toLowerCase());

  // A top may be reported after what lay in it.
  for (const { topic, payload } of events) {
    if (!topic.endsWith('.postDeleted')) continue;
    const row = rowOf(payload.object);
    if (isKnown(row) && row.path !== '') gone.push(row.path);
  }
  for (const { topic, payload } of events)
    if (topic.endsWith('.postDeleted') && isDeleted(rowOf(payload.object)))
      deleted.add(rowOf(payload.object).id);

  const isOwn = ({ topic, payload }: SeenEvent): boolean => {
    const object = rowOf(payload.object);
    const child = rowOf(payload.child);
    switch (topic.replace(/^.*\./, '')) {
      case 'created': {
        if (isKnown(object)) return true;
        // Sources and what lies inside an object come along with one that was made just now.
        const { owner, parent, type, path } = asJsonObject(payload.object);
        const name = (asString(path) ?? '').replace(/^.*\\/, '');
        if (standsForItself({ type: asString(type) ?? '', name })) return false;
        const isInner = [rowOf(owner), rowOf(parent)].some(({ id }) => made.has(id) || inner.has(id));
        if (isInner) inner.add(object.id);
        return isInner;
      }
      case 'postDeleted':
        return isDeleted(object);
      case 'childAdded':
      case 'childRemoved':
        return isKnown(child) || deleted.has(child.id);
      case 'nameChanged':
        return (isKnown(object) || deleted.has(object.id)) && isText(payload.newName);
      case 'notesChanged':
        return isKnown(object) && isText(payload.newNotes);
      case 'referenceChanged': {
        const now = rowOf(payload.new);
        return isKnown(object) && (now.id === '' || now.id === nullGuid || isKnown(now));
      }
      case 'curveChanged':
        return isKnown(rowOf(payload.owner)) || isKnown(rowOf(payload.curve));
      case 'attenuationCurveChanged':
        return isKnown(rowOf(payload.attenuation));
      case 'assignmentAdded':
      case 'assignmentRemoved':
        return isKnown(child) && isKnown(rowOf(payload.stateOrSwitch));
      default:
        return false;
    }
  };

  const foreign = events.find((event) => !isOwn(event));
  return foreign === undefined ? null : sentenceOn(foreign);
}

interface Row {
  readonly id: string;
  readonly path: string;
}

function rowOf(value: Json | undefined): Row {
  const { id, path } = asJsonObject(value);
  return { id: asString(id)?.toLowerCase() ?? '', path: asString(path)?.toLowerCase() ?? '' };
}

function sentenceOn({ topic, payload }: SeenEvent): string {
  const { path, id } = asJsonObject(payload.object ?? payload.child ?? payload.attenuation);
  const what = asString(path) ?? asString(id);
  const about = what === undefined ? '' : ` (${what})`;
  return `Others were at work in Wwise meanwhile: ${topic.replace('ak.wwise.', '')}${about}.`;
}

/** Every text in these values, in lower case. */
function textsIn(values: readonly Json[]): ReadonlySet<string> {
  const texts = new Set<string>();
  const open: (Json | undefined)[] = [...values];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string') texts.add(value.toLowerCase());
    else if (Array.isArray(value)) for (const item of value) open.push(item);
    else if (typeof value === 'object' && value !== null)
      for (const item of Object.values(value)) open.push(item);
  }
  return texts;
}
