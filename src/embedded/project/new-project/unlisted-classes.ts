/** The properties of a class with their defaults, as `SharedValues` holds them. */
export interface ClassDefaults {
  readonly name: string;
  readonly pluginType: number;
  readonly companyId: number;
  readonly pluginId: number;
  readonly properties: readonly { readonly name: string; readonly type: string; readonly text: string }[];
}

/**
 * Classes that 2025.1 projects have although the object reference does not document them: the codecs,
 * the audio devices and a few plug-ins. Read from a project saved by 2025.1.
 */
export const unlistedClasses: readonly ClassDefaults[] = [
  row('PCM', 1, 0, 1, 'MaxBitDepth:int32=16'),
  row('ADPCM', 1, 0, 2, ''),
  row(
    'Vorbis',
    1,
    0,
    4,
    'AverageBitrate:Real32=64 AverageTrackSlewTime:Real32=1.5 BitReservoirTime:Real32=2 BitrateManagmentMode:int32=0 EnableAdvancedSettings:bool=False EnableMaximumBitrate:bool=False EnableMinimumBitrate:bool=False MaximumBitrate:Real32=64 MinimumBitrate:Real32=64 QualityFactor:Real32=4 ReservoirBiasFactor:Real32=0.1 SeekTableGranularity:int32=4',
  ),
  row('WEM Opus', 1, 0, 20, 'Quality:int32=64'),
  row(
    'Wwise Sine',
    2,
    0,
    100,
    'ChannelMask:int32=4 Color:int16=0 OverrideColor:bool=False SineDuration:Real32=1 SineFrequency:Real32=440 SineGain:Real32=-12',
  ),
  row(
    'Deflector',
    0,
    0,
    121,
    'Frequency:Real32=440 Gain:Real32=0 PanX:Real64=0 PanY:Real64=0 QFactor:Real32=10',
  ),
  row(
    'Deflector',
    0,
    0,
    122,
    'Anchor:bool=False Frequency:Real32=440 Gain:Real32=0 QFactor:Real32=10 SectionRatio:int32=1',
  ),
  row(
    'System',
    7,
    0,
    174,
    'Allow3DAudio:bool=False AllowSystemAudioObjects:bool=True BypassEffect:bool=False Color:int16=0 Inclusion:bool=True MainMixHeadphoneConfiguration:Uint32=0 MainMixSpeakerConfiguration:Uint32=0 MinSystemAudioObjectsRequired:Uint16=32 OverrideColor:bool=False',
  ),
  row(
    'DVR Bypass',
    7,
    0,
    175,
    'BypassEffect:bool=False Color:int16=0 DVRRecordable:bool=False Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'Communication',
    7,
    0,
    176,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'Controller Headphones',
    7,
    0,
    177,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'Controller Speaker',
    7,
    0,
    179,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'Auxiliary',
    7,
    0,
    180,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'No Output',
    7,
    0,
    181,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'Remote System',
    7,
    0,
    182,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'ParameterModulatorAssociation',
    0,
    0,
    185,
    'ModDisplayName:string= ModID:int32=0 ModName:string= ParamDisplayName:string= ParamID:int32=0 ParamName:string=',
  ),
  row(
    'Wwise Channel Router',
    3,
    0,
    191,
    'BusChannelConfig:int32=0 Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row('Wwise Audio Input', 2, 0, 200, 'AudioInputGain:Real32=-12 Color:int16=0 OverrideColor:bool=False'),
  row(
    'Motion',
    7,
    0,
    507,
    'BypassEffect:bool=False Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'Channel Router Settings',
    9,
    0,
    903,
    'Channel:Uint32=1 Color:int16=0 Inclusion:bool=True OverrideColor:bool=False',
  ),
  row(
    'BatchRenameSettings',
    0,
    0,
    992,
    'ApplyOn:int16=0 EnableInsert:bool=False EnableRemove:bool=False EnableReplace:bool=True InsertAtPosition:int32=0 InsertFrom:int16=1 InsertStartAt:int32=0 InsertToInsert:string= InsertWhat:int16=0 RemoveAtPosition:int32=0 RemoveCount:int32=0 RemoveFrom:int16=0 ReplaceEnableMatchCase:bool=False ReplaceEnableReplaceAllInstances:int16=2 ReplaceEnableUseRegularExpression:bool=False ReplaceFindWhat:string= ReplaceReplaceWith:string=',
  ),
];

/** `defaults`: `Name:type=value`, separated by spaces. */
function row(
  name: string,
  pluginType: number,
  companyId: number,
  pluginId: number,
  defaults: string,
): ClassDefaults {
  const properties = defaults
    .split(' ')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, property = '', type = '', text = ''] = /^([^:]*):([^=]*)=(.*)$/.exec(entry) ?? [];
      return { name: property, type, text };
    });
  return { name, pluginType, companyId, pluginId, properties };
}
