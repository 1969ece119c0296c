import * as fc from 'fast-check';
import { atOnce } from '../../src/core/turns/turns.ts';
import { mainBusId } from '../../src/embedded/model/creating/new-object.ts';
import type { ModelEditor } from '../../src/embedded/model/editor.ts';
import type { ProjectModel, WwiseObject } from '../../src/embedded/model/model.ts';
import { nearestValidName } from '../../src/embedded/model/naming/name-rules.ts';
import { freeChildName } from '../../src/embedded/model/naming/sibling-names.ts';
import { creatableBelow, misfitBelow } from '../../src/embedded/model/types/hierarchy-rules.ts';

/** One random edit. The numbers pick objects of whatever the project then holds. */
export interface RandomEdit {
  readonly kind:
    | 'create'
    | 'rename'
    | 'move'
    | 'copy'
    | 'delete'
    | 'setProperty'
    | 'setReference'
    | 'setNotes'
    | 'setLinked'
    | 'addRtpc';
  readonly object: number;
  readonly other: number;
  readonly value: number;
  readonly text: string;
}

/** Names and notes with what needs escaping; line breaks only where notes may have them. */
const text = fc.string({
  unit: fc.constantFrom('a', 'B', '7', ' ', '&', '<', '>', "'", 'é', '_', '音'),
  minLength: 1,
  maxLength: 8,
});

export const randomEdits: fc.Arbitrary<RandomEdit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'create',
      'create',
      'rename',
      'move',
      'copy',
      'delete',
      'setProperty',
      'setReference',
      'setNotes',
      'setLinked',
      'addRtpc',
    ),
    object: fc.nat(),
    other: fc.nat(),
    value: fc.integer({ min: -90, max: 10 }),
    text,
  }),
  { minLength: 1, maxLength: 12 },
);

/** Does the edit where it fits; an edit that fits nowhere does nothing. */
export function applyEdit(model: ProjectModel, editor: ModelEditor, edit: RandomEdit): void {
  const all = [...model.all()].filter((object) => object.parent !== null && !isFolder(object));
  const object = pick(all, edit.object);
  const other = pick(all, edit.other);
  if (object === undefined || other === undefined) return;
  switch (edit.kind) {
    case 'create': {
      const types = creatableBelow(object).filter(
        (type) => !['WorkUnit', 'SourcePlugin', 'Effect', 'Metadata'].includes(type),
      );
      const type = types.map((name) => model.typeName(name) ?? name)[edit.other % Math.max(1, types.length)];
      if (type !== undefined)
        editor.create(object, {
          type,
          name: type === 'Action' ? '' : freeName(model, type, object, edit.text),
        });
      return;
    }
    case 'rename':
      if (object.type !== 'WorkUnit' && object.parent !== null)
        editor.rename(object, freeName(model, object.type, object.parent, edit.text));
      return;
    case 'move':
    case 'copy': {
      const movable = pick(all.filter(isMovable), edit.object);
      if (movable === undefined) return;
      const fits = all.filter((home) => misfitBelow(movable, home) === undefined && !isInside(home, movable));
      const home = pick(fits, edit.other);
      if (home === undefined) return;
      if (edit.kind === 'move') atOnce(editor.move(movable, home));
      else atOnce(editor.copy(movable, home, freeName(model, movable.type, home, edit.text)));
      return;
    }
    case 'delete':
      if (isMovable(object)) editor.remove(object);
      return;
    case 'setProperty': {
      const linkable = ['Volume', 'Pitch', 'Lowpass'].filter((name) => hasProperty(model, object, name));
      const name = linkable[edit.other % Math.max(1, linkable.length)];
      const platform = edit.value % 3 === 0 ? 'Mac' : undefined;
      if (name !== undefined) editor.setProperty(object, name, Math.abs(edit.value) % 50, platform);
      return;
    }
    case 'setLinked': {
      const audible = pick(
        all.filter((one) => hasProperty(model, one, 'Volume')),
        edit.object,
      );
      const platform = edit.value % 2 === 0 ? 'Mac' : 'Windows';
      if (audible !== undefined) editor.setLinked(audible, 'Volume', platform, edit.other % 2 === 0);
      return;
    }
    case 'setReference': {
      const busses = all.filter(({ type }) => type === 'Bus');
      const bus = busses[edit.other % busses.length];
      const isAudio = model.facts(object)?.reference('OutputBus') !== undefined && object.type !== 'Bus';
      if (isAudio && bus !== undefined) editor.setReference(object, 'OutputBus', bus);
      else if (object.type === 'Action')
        editor.setReference(object, 'Target', edit.value < -50 ? null : other);
      return;
    }
    case 'setNotes':
      editor.setNotes(object, edit.value < -60 ? '' : `${edit.text}\r\n${edit.text}`);
      return;
    case 'addRtpc': {
      const sound = pick(
        all.filter(({ type }) => type === 'Sound'),
        edit.object,
      );
      if (sound !== undefined)
        editor.createInList(sound, 'RTPC', { type: 'RTPC', name: '', property: 'Pitch' });
    }
  }
}

/** The name nearest to the text that an object of the type may have there. */
function freeName(model: ProjectModel, type: string, parent: WwiseObject, wanted: string): string {
  const valid = nearestValidName(wanted, type);
  return freeChildName(valid, parent, (name) => model.namesakes(type, parent, name).length > 0);
}

function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % Math.max(1, from.length)];
}

function hasProperty(model: ProjectModel, object: WwiseObject, name: string): boolean {
  return model.facts(object)?.property(name)?.unlink === true;
}

/** Work Units, what holds one, and what no project can do without stay where they are. */
function isMovable(object: WwiseObject): boolean {
  if (object.type === 'WorkUnit' || object.type === 'Conversion' || object.id === mainBusId) return false;
  return object.children.every(isMovable);
}

function isInside(object: WwiseObject, outer: WwiseObject): boolean {
  for (let at: WwiseObject | null = object; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

function isFolder(object: WwiseObject): boolean {
  return object.type === 'WorkUnit' && 'folderChildren' in object && object.folderChildren !== null;
}
