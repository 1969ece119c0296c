import type { ModelChange, PropertyValue, WwiseObject } from '../../model/model.ts';

/** What a step of the undo history did, in words: `Set Objects: Sound "Wind" Volume -3 → -6; created Sound "A"`. */
export function stepWords(label: string, changes: readonly ModelChange[]): string {
  const words = [...new Set(changes.flatMap(changeWords))];
  if (words.length === 0) return label;
  const shown = words.slice(0, MOST_CHANGES).join('; ');
  return `${label}: ${shown}${words.length > MOST_CHANGES ? `; and ${words.length - MOST_CHANGES} more` : ''}`;
}

/** So many changes of a step are named; the others are counted. */
const MOST_CHANGES = 6;

function changeWords(change: ModelChange): string | readonly string[] {
  switch (change.kind) {
    case 'created':
      return `created ${called(change.object)}`;
    case 'deleted':
      return `deleted ${called(change.object)}`;
    case 'nameChanged':
      return `renamed ${change.object.type} "${change.oldName}" to "${change.newName}"`;
    case 'notesChanged':
      return `${called(change.object)} notes`;
    case 'propertyChanged':
      return `${called(change.object)} ${change.property} ${shown(change.old)} → ${shown(change.new)}`;
    case 'referenceChanged':
      return `${called(change.object)} ${change.reference} ${target(change.old)} → ${target(change.new)}`;
    case 'assignmentAdded':
      return `assigned "${change.child.name}" to "${change.stateOrSwitch.name}"`;
    case 'assignmentRemoved':
      return `unassigned "${change.child.name}" from "${change.stateOrSwitch.name}"`;
    case 'attenuationCurveChanged':
    case 'attenuationCurveLinkChanged':
      return `${called(change.attenuation)} curve ${change.curveType}`;
    case 'curveChanged':
      return `a curve of ${called(change.owner)}`;
    case 'childAdded':
    case 'childRemoved':
    case 'deleting':
      return [];
  }
}

function called({ type, name }: WwiseObject): string {
  return name === '' ? type : `${type} "${name}"`;
}

function target(object: WwiseObject | null): string {
  return object === null ? 'none' : `"${object.name}"`;
}

function shown(value: PropertyValue): string {
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
