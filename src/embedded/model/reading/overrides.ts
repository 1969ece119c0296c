/**
 * Which `Override...` property decides about which members: without it, the value in effect is the parent's.
 * Groups as the Property Editor shows them; names from the object reference.
 */
const groups: Readonly<Record<string, readonly string[]>> = {
  OverrideOutput: [
    'OutputBus',
    'OutputBusVolume',
    'OutputBusLowpass',
    'OutputBusHighpass',
    'OutputBusDualshelf',
  ],
  OverrideConversion: ['Conversion'],
  OverridePositioning: [
    '3DPosition',
    '3DSpatialization',
    'Attenuation',
    'AttenuationDistanceScaling',
    'CenterPercentage',
    'EnableAttenuation',
    'EnableDiffraction',
    'HoldEmitterPositionOrientation',
    'HoldListenerOrientation',
    'ListenerRelativeRouting',
    'SpeakerPanning',
    'SpeakerPanning3DSpatializationMix',
  ],
  OverrideGameAuxSends: [
    'UseGameAuxSends',
    'GameAuxSendVolume',
    'GameAuxSendLPF',
    'GameAuxSendHPF',
    'GameAuxSendDSF',
  ],
  OverrideUserAuxSends: [0, 1, 2, 3].flatMap((slot) => [
    `UserAuxSend${slot}`,
    `UserAuxSendVolume${slot}`,
    `UserAuxSendLPF${slot}`,
    `UserAuxSendHPF${slot}`,
  ]),
  OverrideEarlyReflections: ['ReflectionsAuxSend', 'ReflectionsVolume'],
  OverrideEffect: ['Effects', 'BypassEffect'],
  OverrideMetadata: ['Metadata'],
  OverridePriority: ['Priority', 'PriorityDistanceFactor', 'PriorityDistanceOffset'],
  OverrideVirtualVoice: ['BelowThresholdBehavior', 'VirtualVoiceQueueBehavior'],
  OverrideHdrEnvelope: ['HdrEnableEnvelope', 'HdrEnvelopeSensitivity', 'HdrActiveRange'],
  OverrideAnalysis: [
    'EnableLoudnessNormalization',
    'LoudnessNormalizationTarget',
    'LoudnessNormalizationType',
    'MakeUpGain',
  ],
  OverrideMidiEventsBehavior: ['MidiBreakOnNoteOff', 'MidiPlayOnNoteType'],
  OverrideMidiNoteTracking: ['EnableMidiNoteTracking', 'MidiTrackingRootNote'],
  OverrideColor: ['Color'],
};

const overrideOf = new Map(
  Object.entries(groups).flatMap(([override, members]) =>
    members.map((member) => [member.toLowerCase(), override]),
  ),
);

/** The override property that governs a property, reference or list; undefined when it is never inherited. */
export function overrideFor(member: string): string | undefined {
  return overrideOf.get(member.toLowerCase());
}
