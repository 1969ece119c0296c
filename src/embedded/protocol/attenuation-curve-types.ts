/** What lies between a sound and the listener, each with curves of its own. */
export const obstacles = ['Obstruction', 'Occlusion', 'Diffraction', 'Transmission'] as const;

/** The curves an Attenuation has, as the files of 2025.1 name and order them; the dual-shelf ones came with 2025.1. */
export const attenuationCurveTypes: readonly string[] = [
  'VolumeDryUsage',
  'VolumeWetGameUsage',
  'VolumeWetUserUsage',
  'LowPassFilterUsage',
  'HighPassFilterUsage',
  'DualShelfUsage',
  'SpreadUsage',
  'FocusUsage',
  ...obstacles.flatMap((obstacle) =>
    ['Volume', 'LPF', 'HPF', 'DSF'].map((curve) => `${obstacle}${curve}Usage`),
  ),
];
