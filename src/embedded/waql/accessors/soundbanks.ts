import { isAudioObject } from '../../model/creating/new-object.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Accessor } from './accessor.ts';
import { playedFile } from './audio-source.ts';
import { descendantsOf } from './hierarchy.ts';

/**
 * What a SoundBank holds by its inclusion list: everything below an entry, and what an included Event plays. What a
 * generation would add or drop beyond that (switches never used, limits of a platform) is not known here.
 */
export const soundBanks: readonly Accessor[] = [
  {
    name: 'extractEvents',
    kind: 'objects',
    read: (object, { model }) => ofBank(object, () => [...contentOf(model, object, 1)].filter(isEvent)),
  },
  {
    name: 'extractStructures',
    kind: 'objects',
    read: (object, { model }) =>
      ofBank(object, () => [...playedBy(model, contentOf(model, object, 2))].filter(isStructure)),
  },
  {
    name: 'extractMedia',
    kind: 'values',
    read: (object, scope) => ofBank(object, () => mediaOf(object, scope)),
  },
  {
    name: 'soundbanksReferencingEvent',
    kind: 'objects',
    read: (object, { model }) => (isEvent(object) ? banksWith(model, object) : undefined),
  },
];

function ofBank<T>(object: WwiseObject, read: () => T): T | undefined {
  return object.type === 'SoundBank' ? read() : undefined;
}

function isEvent({ type }: WwiseObject): boolean {
  return type === 'Event' || type === 'DialogueEvent';
}

function isStructure({ type }: WwiseObject): boolean {
  return isAudioObject(type) || type === 'Bus' || type === 'AuxBus';
}

/** The entries whose filter has the bit, with everything below them, without what the bank excludes. */
function contentOf(model: ProjectModel, bank: WwiseObject, bit: number): Set<WwiseObject> {
  const content = new Set<WwiseObject>();
  for (const { object, filter } of model.inclusions(bank)) {
    if ((filter & bit) === 0) continue;
    content.add(object);
    for (const below of descendantsOf(object)) content.add(below);
  }
  for (const object of model.exclusions(bank)) {
    content.delete(object);
    for (const below of descendantsOf(object)) content.delete(below);
  }
  return content;
}

/** Events bring the objects their actions play (also through further Events), with everything below those. */
function playedBy(model: ProjectModel, content: ReadonlySet<WwiseObject>): ReadonlySet<WwiseObject> {
  const all = new Set(content);
  const pending = [...content];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const target = next.type === 'Action' ? model.reference(next, 'Target') : null;
    const found = target ? [target, ...descendantsOf(target)] : [];
    const below = isEvent(next) ? next.children : [];
    for (const object of [...found, ...below]) {
      if (all.has(object)) continue;
      all.add(object);
      pending.push(object);
    }
  }
  return all;
}

function mediaOf(bank: WwiseObject, scope: Scope): readonly string[] {
  const files = new Set<string>();
  for (const object of playedBy(scope.model, contentOf(scope.model, bank, 4))) {
    const file =
      object.type === 'Sound' || object.type === 'MusicTrack' ? playedFile(object, scope) : undefined;
    if (file !== undefined) files.add(file.absolutePath);
  }
  return [...files];
}

/** An Event is in a bank by itself, or by a folder or Work Unit above it. */
function banksWith(model: ProjectModel, event: WwiseObject): readonly WwiseObject[] {
  return [...model.ofType('SoundBank')].filter((bank) => contentOf(model, bank, 1).has(event));
}
