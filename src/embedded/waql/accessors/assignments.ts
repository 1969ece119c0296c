import type { WwiseObject } from '../../model/model.ts';
import { supportsRandomizer } from '../../model/types/randomizable.ts';
import { canonicalCurveType } from '../../protocol/curve-names.ts';
import type { Scope } from '../evaluate/compile/scope.ts';
import type { Value } from '../evaluate/value.ts';
import type { Accessor, ArgumentAccessor } from './accessor.ts';

/** What assigns objects to switches, tracks, parameters and curves. */
export const assignments: readonly Accessor[] = [
  {
    name: 'blendTracks',
    kind: 'objects',
    read: (object, { model }) => (object.type === 'BlendContainer' ? model.blendTracks(object) : undefined),
  },
  { name: 'hasEmptySwitchStateAssignment', kind: 'value', read: hasEmptyAssignment },
  {
    name: 'switchContainerChildContext',
    kind: 'object',
    read: (object, { model }) => model.switchChildContext(object),
  },
  {
    name: 'switchGroupGameParameter',
    kind: 'object',
    read: (object, { model }) =>
      object.type === 'SwitchGroup' ? model.switchGroupGameParameter(object) : undefined,
  },
  {
    name: 'musicTransitionObject',
    kind: 'object',
    read: (object, { model }) =>
      object.type === 'MusicTransition' ? model.musicTransitionObject(object) : undefined,
  },
  ...['supportsRandomizer', 'suppportsRandomizer'].map(
    (name): Accessor => ({
      name,
      kind: 'value',
      read(object, { model }) {
        const facts = model.facts(object);
        return facts === undefined ? false : supportsRandomizer(facts);
      },
    }),
  ),
  { name: 'isLanguageIncluded', kind: 'value', read: isLanguageIncluded },
  { name: 'validity', kind: 'facts', members: ['isValid', 'details', 'severity'], read: validity },
];

export const curveAccessors: readonly ArgumentAccessor[] = [
  {
    name: 'curveToUse',
    kind: 'value',
    read(object, argument, { model, platform }) {
      const type = canonicalCurveType(argument) ?? canonicalCurveType(`${argument}Usage`);
      if (type === undefined) return undefined;
      return model.attenuationCurve(object, type, platform)?.use;
    },
  },
];

/** A Switch Container has a group whose Switches or States are not all assigned; a State Group's None needs no assignment. */
function hasEmptyAssignment(object: WwiseObject, { model }: Scope): boolean | undefined {
  if (object.type !== 'SwitchContainer') return undefined;
  const group = model.reference(object, 'SwitchGroupOrStateGroup');
  if (!group) return false;
  const assigned = new Set(model.switchAssignments(object).map(({ stateOrSwitch }) => stateOrSwitch));
  return group.children.some(
    (child) => !assigned.has(child) && !(child.type === 'State' && child.name === 'None'),
  );
}

/** The project holds no list of languages left out of a platform: a source's language counts when the project has it. */
function isLanguageIncluded(object: WwiseObject, { model }: Scope): boolean | undefined {
  const file = object.type === 'AudioFileSource' ? model.audioFile(object) : undefined;
  if (file === undefined) return undefined;
  return model.languages.some(({ name }) => name === file.language);
}

/** Known of Events, Actions and effect slots: whether what they need is there. */
function validity(object: WwiseObject, scope: Scope): Value {
  const problem = problemOf(object, scope);
  if (problem === undefined) return undefined;
  if (problem === '') return { facts: { isValid: true } };
  return { facts: { isValid: false, details: problem, severity: 'Error' } };
}

/** Empty when there is none; undefined for objects nothing is known of. */
function problemOf(object: WwiseObject, scope: Scope): string | undefined {
  const { model } = scope;
  if (object.type === 'EffectSlot') return model.reference(object, 'Effect') ? '' : 'The slot has no Effect.';
  if (object.type === 'Action') return actionProblem(object, scope);
  if (object.type !== 'Event') return undefined;
  if (object.children.length === 0) return 'The Event has no Action.';
  return object.children.map((child) => problemOf(child, scope)).find((problem) => problem !== '') ?? '';
}

function actionProblem(action: WwiseObject, { model }: Scope): string {
  const type = Number(model.property(action, 'ActionType') ?? 1);
  if (model.reference(action, 'Target') || targetless.has(type)) return '';
  return 'The Action has no target.';
}

/** Action types that concern everything, by their numbers in the type table ("... All"). */
const targetless: ReadonlySet<number> = new Set([3, 6, 8, 10, 15, 17, 19, 28, 31, 37, 45, 52, 55, 57]);
