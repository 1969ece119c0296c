import { linearPattern, quotePattern } from '../../../../core/text/linear-pattern.ts';
import type { WwiseObject } from '../../../model/model.ts';
import { supportsStates } from '../../../model/types/state-support.ts';
import { accessors, argumentAccessors } from '../../accessors/catalog.ts';
import type { Condition } from '../compile/compiler.ts';
import type { Scope } from '../compile/scope.ts';

/** Makes the condition of a SearchCriteria object; undefined for settings of it whose meaning is not known. */
export type Criterion = (criteria: WwiseObject, scope: Scope) => Condition | undefined;

/**
 * The criterion a SearchOperationID stands for. The ids and what they ask for are those of the queries that Wwise puts into
 * every project, whose names say what they find; of a few others the name that Wwise writes beside the id was seen. Criteria
 * about converted media are answered by the Conversion in effect: nothing is converted here.
 */
export function criterionOf(operationId: string, name: string): Criterion | undefined {
  return criteria[operationId.toUpperCase()] ?? criteriaByName[name.toLowerCase()];
}

const criteria: Readonly<Record<string, Criterion>> = {
  '{82CCCD47-591B-4BD8-B3CE-89A8172A1802}': (at, scope) => matching(at, scope, ({ name }) => name),
  '{3DF06B4A-2E31-463A-A42B-F4B576557320}': (at, scope) => matching(at, scope, ({ notes }) => notes),
  '{560736B7-4F5C-4EF7-9354-8D8DC6BBD70A}': propertyValue,
  '{75897DFE-D859-416C-8EDE-30BA4A8369AF}': propertyLink,
  '{75FFAA5C-EAF4-4940-ACF2-FCE491BCDB5F}': soundType,
  '{907F121C-AF62-4291-B2E6-7C58C936571B}': emptyAssignment,
  '{E7F802D4-CD12-4B63-A0FE-0BBE545C59E1}': effectUsage,
  '{76702F0A-B29D-4D2E-8E16-425DA225844E}': platformInclusion,
  '{43981FC3-FF8B-4EE7-87FA-1C2A4BDD04C8}': (at, scope) => channels(at, scope, 'original'),
  '{26302C20-EEA2-4275-A9BA-7B504BA3C2E1}': (at, scope) => channels(at, scope, 'converted'),
  '{188E89CA-2CC1-4C71-ABB4-07CAD38C5F3C}': (at, scope) => sampleRate(at, scope, 'original'),
  '{35B827A2-F7AA-461A-BE22-6A7350B6F432}': (at, scope) => sampleRate(at, scope, 'converted'),
  '{38F10907-3DED-472A-BFAC-3EF68EFD3B37}': audioFormat,
  '{E2BA49FE-AADD-4726-A72E-9958C70A9F19}': stateUsage,
  '{560736B7-4F5C-4EF7-9354-8666C6BBD70A}': sourceOfOverride,
  '{8870124D-9607-4E43-B895-2092138DF3C8}': attenuationSharedBy,
};

/** Seen in files by the names Wwise writes, not by their ids. */
const criteriaByName: Readonly<Record<string, Criterion>> = {
  effecteffect: effectOfClass,
  'soundbankreferenced in': eventsReferencedIn,
};

/** The whole text, without case; `*` stands for any characters. */
function matching(at: WwiseObject, { model }: Scope, textOf: (object: WwiseObject) => string): Condition {
  const wanted = String(model.property(at, 'UserString') ?? '');
  // No name is this long.
  if (wanted.length > 1_000) return () => false;
  const pieces = wanted.split('*');
  const pattern = linearPattern(`^${pieces.map(quotePattern).join('.*')}$`, 'is');
  return (object) => pattern.test(textOf(object));
}

function propertyValue(at: WwiseObject, scope: Scope): Condition | undefined {
  const { model, platform } = scope;
  const name = String(model.property(at, 'PropertyName') ?? '');
  const isChecked = model.property(at, 'IsChecked') === true;
  const compare = comparison(at, scope);
  if (compare === undefined) return undefined;
  return (object) => {
    const value = model.effectiveProperty(object, name, platform);
    if (typeof value === 'boolean') return value === isChecked;
    return typeof value === 'number' && compare(value);
  };
}

function propertyLink(at: WwiseObject, scope: Scope): Condition {
  const { model } = scope;
  const name = String(model.property(at, 'PropertyName') ?? '');
  const isLinked = model.property(at, 'IsLinked') !== false;
  const read = argumentAccessors.get('islinked');
  return (object) => read?.read(object, name, scope) === isLinked;
}

/** 0 SFX, 1 Voice. */
function soundType(at: WwiseObject, { model }: Scope): Condition {
  const isVoice = model.property(at, 'SoundType') === 1;
  return (object) => object.type === 'Sound' && (model.property(object, 'IsVoice') === true) === isVoice;
}

function emptyAssignment(at: WwiseObject, scope: Scope): Condition {
  const hasEmpty = scope.model.property(at, 'HasEmptyAssignation') !== false;
  const read = accessors.get('hasemptyswitchstateassignment');
  return (object) => read?.read(object, scope) === hasEmpty;
}

/** Up to 2022.1 the items of Effects are the effects themselves, since then slots that may be empty. */
function effectUsage(at: WwiseObject, { model }: Scope): Condition {
  const isUsed = model.property(at, 'IsUsed') === true;
  return (object) => {
    const effects = model.list(object, 'Effects');
    if (effects === undefined) return false;
    return effects.some((item) => item.type === 'Effect' || model.reference(item, 'Effect')) === isUsed;
  };
}

function platformInclusion(at: WwiseObject, { model, platform }: Scope): Condition {
  const inclusion = model.property(at, 'Inclusion') === true;
  return (object) => model.property(object, 'Inclusion', platform) === inclusion;
}

/** Counts without LFE: option 2 equal, 4 more than; -1 any. Of the LFE: 0 without, 1 with, -1 either. */
function channels(at: WwiseObject, scope: Scope, stage: 'original' | 'converted'): Condition | undefined {
  const { model } = scope;
  const lfe = model.property(at, 'SourceChannelsLFEOption') ?? -1;
  const option = model.property(at, 'SourceChannelsOthersOption') ?? -1;
  const count = Number(model.property(at, 'SourceChannelsOthersCount') ?? 0);
  if (option !== -1 && option !== 2 && option !== 4) return undefined;
  return (object) => {
    const others = ofSource(object, `${stage}NonLFEChannelCount`, scope);
    const low = ofSource(object, `${stage}LFEChannelCount`, scope);
    if (others === undefined) return false;
    const fits = option === -1 || (option === 2 ? others === count : others > count);
    return fits && (lfe === -1 || (low ?? 0) > 0 === (lfe === 1));
  };
}

function sampleRate(at: WwiseObject, scope: Scope, stage: 'original' | 'converted'): Condition | undefined {
  const compare = comparison(at, scope);
  if (compare === undefined) return undefined;
  return (object) => {
    const rate = ofSource(object, `${stage}SampleRate`, scope);
    return rate !== undefined && compare(rate);
  };
}

function audioFormat(at: WwiseObject, scope: Scope): Condition {
  const wanted = String(scope.model.property(at, 'SourceAudioFormat') ?? '').toLowerCase();
  const read = accessors.get('conversionformat');
  return (object) =>
    object.type === 'AudioFileSource' && String(read?.read(object, scope) ?? '').toLowerCase() === wanted;
}

/** `State` is a GUID or a name. `StatePropertyUsage` 2 asks for the State only; 0 and 1, whether it changes anything. */
function stateUsage(at: WwiseObject, { model }: Scope): Condition {
  const wanted = String(model.property(at, 'State') ?? '').toLowerCase();
  const usage = model.property(at, 'StatePropertyUsage') ?? 0;
  const isWanted = ({ id, name }: WwiseObject): boolean =>
    id.toLowerCase() === wanted || name.toLowerCase() === wanted;
  return (object) => {
    if (!supportsStates(object.type)) return false;
    if (!model.stateGroups(object).some((group) => group.children.some(isWanted))) return false;
    if (usage === 2) return true;
    const custom = model.customStates(object).find(({ state }) => state !== null && isWanted(state));
    return (custom !== undefined) === (usage === 0);
  };
}

function sourceOfOverride(at: WwiseObject, scope: Scope): Condition {
  const name = String(scope.model.property(at, 'PropertyName') ?? '');
  const isSource = scope.model.property(at, 'IsSourceOfOverride') !== false;
  const read = argumentAccessors.get('issourceofoverride');
  return (object) => read?.read(object, name, scope) === isSource;
}

/** Objects with this ShareSet as their Attenuation, by its GUID or name. */
function attenuationSharedBy(at: WwiseObject, { model }: Scope): Condition {
  const wanted = String(model.property(at, 'Attenuation') ?? '').toLowerCase();
  return (object) => {
    const attenuation = model.reference(object, 'Attenuation');
    if (attenuation === null || attenuation === undefined) return false;
    return attenuation.id.toLowerCase() === wanted || attenuation.name.toLowerCase() === wanted;
  };
}

/** `UsingOperator` 0 is using, 1 is not. */
function effectOfClass(at: WwiseObject, { model }: Scope): Condition {
  const wanted = Number(model.property(at, 'EffectClassID') ?? 0);
  const isUsing = (model.property(at, 'UsingOperator') ?? 0) === 0;
  return (object) => {
    const effects = model.list(object, 'Effects');
    if (effects === undefined) return false;
    const classes = effects.map((item) => {
      const effect = item.type === 'Effect' ? item : model.reference(item, 'Effect');
      return effect ? model.facts(effect)?.classId : undefined;
    });
    return classes.includes(wanted) === isUsing;
  };
}

/** Events by how many SoundBanks hold them: 0 none, 1 one, 2 many. */
function eventsReferencedIn(at: WwiseObject, scope: Scope): Condition {
  const wanted = scope.model.property(at, 'EventsReferencedInOperator') ?? 0;
  const read = accessors.get('soundbanksreferencingevent');
  return (object) => {
    const banks = read?.read(object, scope);
    return Array.isArray(banks) && Math.min(banks.length, 2) === wanted;
  };
}

/** A number of the media of an audio source; of anything else undefined, though a Sound would know its source's. */
function ofSource(object: WwiseObject, name: string, scope: Scope): number | undefined {
  if (object.type !== 'AudioFileSource') return undefined;
  const value = accessors.get(name.toLowerCase())?.read(object, scope);
  return typeof value === 'number' ? value : undefined;
}

/** NumericOperator with LeftValue and, for a range, RightValue. */
function comparison(at: WwiseObject, { model }: Scope): ((value: number) => boolean) | undefined {
  const left = Number(model.property(at, 'LeftValue') ?? 0);
  const right = Number(model.property(at, 'RightValue') ?? 0);
  switch (model.property(at, 'NumericOperator') ?? 0) {
    case 0:
      return (value) => isSame(value, left);
    case 1:
      return (value) => value < left;
    case 2:
      return (value) => value > left;
    case 3:
      return (value) => !isSame(value, left);
    case 4:
      return (value) => value >= left && value <= right;
    default:
      return undefined;
  }
}

/** Many properties hold 32-bit floats. */
function isSame(a: number, b: number): boolean {
  return a === b || Math.fround(a) === Math.fround(b);
}
