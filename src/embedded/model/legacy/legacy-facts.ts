import type { PropertyFacts, ReferenceFacts, TypeFacts } from '../model.ts';

/** 2023.1: effects moved into the list Effects, one EffectSlot each. */
const firstEffectSlotSchema = 119;

/** Facts of a type as a project of that schema has them. */
export function factsOfEra(facts: TypeFacts, schema: number): TypeFacts {
  let ofSchema = known.get(schema);
  if (ofSchema === undefined) {
    ofSchema = new WeakMap();
    known.set(schema, ofSchema);
  }
  let legacy = ofSchema.get(facts);
  if (legacy === undefined) {
    legacy = withoutLater(withFormer(facts, schema), schema);
    ofSchema.set(facts, legacy);
  }
  return legacy;
}

/** True for a property or reference that types had in that schema, and have no more. Without case. */
export function isFormerMember(name: string, schema: number): boolean {
  const wanted = name.toLowerCase();
  return former.some(
    ({ until, properties, references }) =>
      schema < until && [...properties, ...references].some((member) => member.name.toLowerCase() === wanted),
  );
}

interface FormerMembers {
  /** The first schema without them. */
  readonly until: number;
  /** Had by the types that have this property or list today. */
  readonly besides: string;
  readonly properties: readonly PropertyFacts[];
  readonly references: readonly ReferenceFacts[];
}

/**
 * Members that a later version took away, with the defaults of the SharedValues of their time; written with a ValueList where
 * `unlink` (measured). Effects were four references, each with its own bypass and render flag.
 */
const former: readonly FormerMembers[] = [
  {
    until: 89,
    besides: 'OverridePositioning',
    properties: [
      property('3DPositionSource', 'int16', 1, false),
      property('DynamicPositioning', 'bool', true, false),
      property('EnablePanner', 'bool', false, false),
      property('EnablePositioning', 'bool', true, false),
      property('FollowListenerOrientation', 'bool', true, false),
      property('PositioningType', 'int16', 0, false),
      property('Spatialization', 'bool', true, false),
    ],
    references: [],
  },
  {
    until: 89,
    besides: 'FadeInCurve',
    properties: [property('FadeCurve', 'int16', 4, false)],
    references: [],
  },
  {
    until: 110,
    besides: 'IsZeroLatency',
    properties: [property('IsZeroLantency', 'bool', false, true)],
    references: [],
  },
  {
    until: firstEffectSlotSchema,
    besides: 'Effects',
    properties: [0, 1, 2, 3].flatMap((slot) => [
      { ...property(`BypassEffect${slot}`, 'bool', false, true), rtpc: 'Boolean' },
      property(`RenderEffect${slot}`, 'bool', false, true),
    ]),
    references: [0, 1, 2, 3].map((slot) => ({ name: `Effect${slot}`, types: ['Effect'] })),
  },
];

/** Properties by the last schema whose SharedValues list them on no class (measured on 34 projects). */
const unknownUpTo: readonly (readonly [number, readonly string[]])[] = [
  [
    80,
    [
      ...['3DPosition', '3DSpatialization', 'CenterPercentage', 'ListenerRelativeRouting', 'SpeakerPanning'],
      ...['HoldEmitterPositionOrientation', 'HoldListenerOrientation', 'SpeakerPanning3DSpatializationMix'],
      ...['Color', 'OverrideColor', 'GameAuxSendHPF', 'GameAuxSendLPF'],
      ...[0, 1, 2, 3].flatMap((send) => [`UserAuxSendHPF${send}`, `UserAuxSendLPF${send}`]),
      ...['MarkerDetectionSensitivity', 'MarkerInputMode', 'FadeInCurve', 'FadeOutCurve'],
    ],
  ],
  [89, ['EnableAttenuation', 'EnableDiffraction', 'OverrideEarlyReflections', 'ReflectionsVolume']],
  [97, ['OverrideMetadata']],
  [103, ['IsZeroLatency']],
  [110, ['LoudnessNormalizationTarget', 'LoudnessNormalizationType']],
  [119, ['AttenuationDistanceScaling']],
  [123, ['GameAuxSendDSF', 'OutputBusDualshelf']],
];

const known = new Map<number, WeakMap<TypeFacts, TypeFacts>>();

function withFormer(facts: TypeFacts, schema: number): TypeFacts {
  const had = former.filter(
    ({ until, besides }) =>
      schema < until && (facts.property(besides) !== undefined || facts.list(besides) !== undefined),
  );
  if (had.length === 0) return facts;
  const properties = [...facts.properties(), ...had.flatMap((members) => members.properties)];
  const references = [...facts.references(), ...had.flatMap((members) => members.references)];
  return {
    ...facts,
    properties: () => properties,
    references: () => references,
    property: (name) => facts.property(name) ?? named(properties, name),
    reference: (name) => facts.reference(name) ?? named(references, name),
  };
}

function withoutLater(facts: TypeFacts, schema: number): TypeFacts {
  const later = new Set(
    unknownUpTo.flatMap(([last, names]) => (schema <= last ? names.map((name) => name.toLowerCase()) : [])),
  );
  if (!facts.properties().some(({ name }) => later.has(name.toLowerCase()))) return facts;
  const properties = facts.properties().filter(({ name }) => !later.has(name.toLowerCase()));
  return {
    ...facts,
    properties: () => properties,
    property: (name) => (later.has(name.toLowerCase()) ? undefined : facts.property(name)),
  };
}

function named<T extends { readonly name: string }>(members: readonly T[], name: string): T | undefined {
  return members.find((member) => member.name.toLowerCase() === name.toLowerCase());
}

function property(
  name: string,
  type: string,
  initial: PropertyFacts['default'],
  unlink: boolean,
): PropertyFacts {
  return { name, type, default: initial, rtpc: null, unlink };
}
