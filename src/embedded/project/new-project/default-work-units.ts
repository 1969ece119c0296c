import { newControlSurfaceContent, newConversionContent } from '../../model/creating/new-settings.ts';
import { newGuid } from '../../model/ids/guid.ts';
import { rootFolders } from '../../model/types/types.gen.ts';
import { element, type WwuDocument, type WwuElement } from '../../wwu/tree.ts';
import { format, newDocument } from './write-format.ts';

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

function conversion(platforms: readonly string[]): WwuElement {
  return element(
    'Conversion',
    { Name: defaultConversion.name, ID: defaultConversion.id },
    newConversionContent(platforms),
  );
}

function controlSurfaceSession(): WwuElement {
  return element(
    'ControlSurfaceSession',
    { Name: 'Default Control Surface Session', ID: newGuid() },
    newControlSurfaceContent(),
  );
}
