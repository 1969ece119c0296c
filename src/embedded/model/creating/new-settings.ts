import { element, type WwuElement } from '../../wwu/tree.ts';
import { newGuid } from '../ids/guid.ts';

/** New conversion settings: PCM at the source's own rate, at most 48 kHz, channels as in the source, platform by platform. */
export function newConversionContent(platforms: readonly string[]): readonly WwuElement[] {
  const property = (name: string, type: string, value: string): WwuElement =>
    element('Property', { Name: name, Type: type }, [
      element(
        'ValueList',
        {},
        platforms.map((platform) => element('Value', { Platform: platform }, value)),
      ),
    ]);
  const plugins = platforms.map((platform) =>
    element('ConversionPluginInfo', { Platform: platform }, [
      element('ConversionPlugin', {
        Name: '',
        ID: newGuid(),
        PluginName: 'PCM',
        CompanyID: '0',
        PluginID: '1',
      }),
    ]),
  );
  return [
    element('PropertyList', {}, [
      property('Channels', 'int32', '4'),
      property('LRMix', 'Real64', '0'),
      property('MaxSampleRate', 'int32', '48000'),
      property('MinSampleRate', 'int32', '0'),
      property('SampleRate', 'int32', '0'),
    ]),
    element('ConversionPluginInfoList', {}, plugins),
  ];
}

/** The three binding groups of a new Control Surface Session; the selection passes MIDI notes on. */
export function newControlSurfaceContent(): readonly WwuElement[] {
  const property = (name: string, type: string, value: string): WwuElement =>
    element('Property', { Name: name, Type: type, Value: value });
  const passMidiNote = element('ControlSurfaceBinding', { Name: 'Binding', ID: newGuid() }, [
    element('PropertyList', {}, [
      property('TargetName', 'string', 'PassMidiNote'),
      property('TargetType', 'int16', '1'),
    ]),
  ]);
  const group = (
    name: string,
    groupType: string | undefined,
    bindings: readonly WwuElement[] = [],
  ): WwuElement =>
    element('ControlSurfaceBindingGroup', { Name: name, ID: newGuid() }, [
      ...(groupType === undefined
        ? []
        : [element('PropertyList', {}, [property('GroupType', 'int16', groupType)])]),
      ...(bindings.length === 0 ? [] : [element('ChildrenList', {}, bindings)]),
    ]);
  const groups = [
    group('Global', undefined),
    group('Current Selection', '4', [passMidiNote]),
    group('View Groups', '3'),
  ];
  return [element('ChildrenList', {}, groups)];
}
