import { newGuid } from '../../model/guid.ts';
import { rootFolders } from '../../model/types.gen.ts';
import { element, type WwuDocument, type WwuElement } from '../../wwu/tree.ts';
import { format, newDocument, perPlatformProperty, plainProperty } from './write-format.ts';

/** What a new project is to be. */
export interface ProjectPlan {
  readonly name: string;
  readonly platforms: readonly string[];
  readonly basePlatforms: Readonly<Record<string, string>>;
  /** Voice languages, the default one first. */
  readonly languages: readonly string[];
}

export interface NewWorkUnit {
  /** The hierarchy's folder, relative to the project. */
  readonly folder: string;
  readonly name: string;
  readonly document: WwuDocument;
}

/** The conversion settings every project has; Wwise knows them by this GUID. */
export const defaultConversion = {
  name: 'Default Conversion Settings',
  id: '{6D1B890C-9826-4384-BF07-C15223E9FB56}',
} as const;

/** The bus at the top of the mix, under its name since 2025.1; Wwise knows it by this GUID. */
const mainBus = { name: 'Main Audio Bus', id: '{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}' } as const;

/** One `Default Work Unit` per hierarchy: empty, but for the few objects no project can do without. */
export function defaultWorkUnits(plan: ProjectPlan): NewWorkUnit[] {
  const devices = { workUnitId: newGuid(), systemId: newGuid() };
  const contents = new Map<string, readonly WwuElement[]>([
    ['Busses', [mainAudioBus(devices)]],
    ['Devices', [device('System', 174, devices.systemId), device('No_Output', 181, newGuid())]],
    ['Conversion Settings', [conversion(plan.platforms)]],
    ['Control Surface Sessions', [controlSurfaceSession()]],
  ]);
  return rootFolders.flatMap(({ name2025: folder }) => {
    if (folder === null) return [];
    const id = folder === 'Devices' ? devices.workUnitId : newGuid();
    return [
      {
        folder,
        name: 'Default Work Unit',
        document: workUnitDocument(folder, id, contents.get(folder) ?? []),
      },
    ];
  });
}

function workUnitDocument(folder: string, id: string, children: readonly WwuElement[]): WwuDocument {
  const content = children.length === 0 ? [] : [element('ChildrenList', {}, children)];
  const workUnit = element(
    'WorkUnit',
    { Name: 'Default Work Unit', ID: id, PersistMode: 'Standalone' },
    content,
  );
  const hierarchy = element(hierarchyElement(folder), {}, [workUnit]);
  return newDocument(
    element('WwiseDocument', { Type: 'WorkUnit', ID: id, SchemaVersion: format.schema }, [hierarchy]),
  );
}

/** The element that holds a hierarchy is named like its folder, with two exceptions. */
function hierarchyElement(folder: string): string {
  if (folder === 'Conversion Settings') return 'Conversions';
  if (folder === 'Metadata') return 'Metadatas';
  return folder.replaceAll(' ', '');
}

function mainAudioBus(devices: { readonly workUnitId: string; readonly systemId: string }): WwuElement {
  const target = element('ObjectRef', {
    Name: 'System',
    ID: devices.systemId,
    WorkUnitID: devices.workUnitId,
  });
  const reference = element('Reference', { Name: 'AudioDevice', ...devicePlugin('System', 174) }, [target]);
  return element('Bus', { Name: mainBus.name, ID: mainBus.id }, [element('ReferenceList', {}, [reference])]);
}

function device(name: string, pluginId: number, id: string): WwuElement {
  return element('AudioDevice', { Name: name, ID: id, ...devicePlugin(name.replace('_', ' '), pluginId) });
}

function devicePlugin(pluginName: string, pluginId: number): Record<string, string> {
  return { PluginName: pluginName, CompanyID: '0', PluginID: String(pluginId), PluginType: '7' };
}

/** PCM at the source's own rate, at most 48 kHz, channels as in the source. */
function conversion(platforms: readonly string[]): WwuElement {
  const property = (name: string, type: string, value: string): WwuElement =>
    perPlatformProperty(name, type, platforms, () => value);
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
  return element('Conversion', { Name: defaultConversion.name, ID: defaultConversion.id }, [
    element('PropertyList', {}, [
      property('Channels', 'int32', '4'),
      property('LRMix', 'Real64', '0'),
      property('MaxSampleRate', 'int32', '48000'),
      property('MinSampleRate', 'int32', '0'),
      property('SampleRate', 'int32', '0'),
    ]),
    element('ConversionPluginInfoList', {}, plugins),
  ]);
}

/** Three binding groups: for everything, for the selection, for what a view shows. */
function controlSurfaceSession(): WwuElement {
  const group = (
    name: string,
    properties: readonly WwuElement[],
    bindings: readonly WwuElement[],
  ): WwuElement =>
    element('ControlSurfaceBindingGroup', { Name: name, ID: newGuid() }, [
      ...(properties.length === 0 ? [] : [element('PropertyList', {}, properties)]),
      ...(bindings.length === 0 ? [] : [element('ChildrenList', {}, bindings)]),
    ]);
  const passMidiNote = element('ControlSurfaceBinding', { Name: 'Binding', ID: newGuid() }, [
    element('PropertyList', {}, [
      plainProperty('TargetName', 'string', 'PassMidiNote'),
      plainProperty('TargetType', 'int16', '1'),
    ]),
  ]);
  return element('ControlSurfaceSession', { Name: 'Default Control Surface Session', ID: newGuid() }, [
    element('ChildrenList', {}, [
      group('Global', [], []),
      group('Current Selection', [plainProperty('GroupType', 'int16', '4')], [passMidiNote]),
      group('View Groups', [plainProperty('GroupType', 'int16', '3')], []),
    ]),
  ]);
}
