import type { ProjectModel, PropertyValue, WwiseObject } from '../../model/model.ts';
import { overrideFor } from '../../model/reading/overrides.ts';

/**
 * When a property has an effect. No public table says, so the choice is made here and nowhere else: a property under an
 * override is enabled where the object overrides or has nothing to inherit from, and where the properties that switch it
 * on have the values below.
 */
export function isPropertyEnabled(
  model: ProjectModel,
  object: WwiseObject,
  property: string,
  platform: string,
): boolean {
  const value = (name: string): PropertyValue | undefined => model.property(object, name, platform);
  const override = overrideFor(property);
  const hasOverride = override !== undefined && model.facts(object)?.property(override) !== undefined;
  if (hasOverride && value(override) !== true && inherits(model, object, property)) return false;
  return (switches[property] ?? []).every(([name, wanted]) => {
    const actual = value(name);
    return actual === undefined || (typeof wanted === 'function' ? wanted(actual) : actual === wanted);
  });
}

function inherits(model: ProjectModel, object: WwiseObject, member: string): boolean {
  const above = object.parent === null ? undefined : model.facts(object.parent);
  return (above?.property(member) ?? above?.reference(member) ?? above?.list(member)) !== undefined;
}

type Wanted = PropertyValue | ((value: PropertyValue) => boolean);

const isSet: Wanted = (value) => value !== 0 && value !== false;

/** Property: the properties it depends on, and the value each must have. */
const switches: Readonly<Record<string, readonly (readonly [string, Wanted])[]>> = {
  IsLoopingInfinite: [['IsLoopingEnabled', true]],
  LoopCount: [
    ['IsLoopingEnabled', true],
    ['IsLoopingInfinite', false],
  ],
  IsNonCachable: [['IsStreamingEnabled', true]],
  IsZeroLatency: [['IsStreamingEnabled', true]],
  PreFetchLength: [
    ['IsStreamingEnabled', true],
    ['IsZeroLatency', true],
  ],
  MaxSoundPerInstance: [['UseMaxSoundPerInstance', true]],
  MaxReachedBehavior: [['UseMaxSoundPerInstance', true]],
  OverLimitBehavior: [['UseMaxSoundPerInstance', true]],
  IsGlobalLimit: [['UseMaxSoundPerInstance', true]],
  LoudnessNormalizationTarget: [['EnableLoudnessNormalization', true]],
  LoudnessNormalizationType: [['EnableLoudnessNormalization', true]],
  HdrEnvelopeSensitivity: [['HdrEnableEnvelope', true]],
  HdrActiveRange: [['HdrEnableEnvelope', true]],
  GameAuxSendVolume: [['UseGameAuxSends', true]],
  GameAuxSendLPF: [['UseGameAuxSends', true]],
  GameAuxSendHPF: [['UseGameAuxSends', true]],
  GameAuxSendDSF: [['UseGameAuxSends', true]],
  MidiTrackingRootNote: [['EnableMidiNoteTracking', true]],
  PriorityDistanceOffset: [['PriorityDistanceFactor', true]],
  Attenuation: [['EnableAttenuation', true]],
  AttenuationDistanceScaling: [
    ['EnableAttenuation', true],
    ['3DSpatialization', isSet],
  ],
  Color: [['OverrideColor', true]],
  ConeInnerAngle: [['ConeUse', true]],
  ConeOuterAngle: [['ConeUse', true]],
  ConeAttenuation: [['ConeUse', true]],
  ConeLowPassFilterValue: [['ConeUse', true]],
  ConeHighPassFilterValue: [['ConeUse', true]],
  SlewRateUp: [['RTPCRamping', 1]],
  SlewRateDown: [['RTPCRamping', 1]],
  FilterTimeUp: [['RTPCRamping', 2]],
  FilterTimeDown: [['RTPCRamping', 2]],
};
