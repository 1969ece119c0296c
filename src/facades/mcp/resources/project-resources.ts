import type { FixedResource, ResourceFamily } from './resource.ts';
import type { ResourceParts } from './resource-parts.ts';

const json = 'application/json';
const ofProject = { changesWith: 'project' } as const;

/** The open project, and the Wwise that has it open. */
export function projectResources({ project }: ResourceParts): readonly FixedResource[] {
  return [
    {
      ...{ name: 'project', uri: 'wwiseflow://project', title: 'Project' },
      description: 'The open project: version, platforms, languages, unsaved changes, health.',
      ...{ mimeType: json, ...ofProject },
      read: () => project.info(),
    },
    {
      ...{ name: 'project-tree', uri: 'wwiseflow://tree', title: 'Project tree' },
      description: 'The first levels of the project.',
      ...{ mimeType: json, ...ofProject },
      read: () => project.tree(),
    },
    {
      ...{ name: 'waapi', uri: 'wwiseflow://waapi', title: 'WAAPI of the connected Wwise' },
      description: 'The functions and topics that it offers.',
      ...{ mimeType: json, changesWith: 'nothing' },
      read: () => project.waapi(),
    },
  ];
}

/** Parts of the project, and of WAAPI. */
export function projectFamilies({ project }: ResourceParts): readonly ResourceFamily[] {
  return [
    {
      ...{ name: 'subtree', uriTemplate: 'wwiseflow://tree/{path}', title: 'Part of the project tree' },
      description: 'Two levels below an object, by its path.',
      ...{ mimeType: json, values: 'paths', ...ofProject },
      read: (path) => project.tree(path),
    },
    {
      ...{ name: 'object', uriTemplate: 'wwiseflow://objects/{object}', title: 'Object' },
      description: 'An object by GUID, path or Type:Name: type, notes, parent, children.',
      ...{ mimeType: json, values: 'paths', ...ofProject },
      read: (object) => project.object(object),
    },
    {
      ...{ name: 'work-unit', uriTemplate: 'wwiseflow://work-units/{file}', title: 'Work Unit file' },
      description: 'The XML of a Work Unit as it is on disk: unsaved changes are not in it. Only to read.',
      ...{ mimeType: 'application/xml', values: 'workUnits', ...ofProject },
      read: async (file) => {
        const read = await project.workUnit(file);
        return read.ok ? { text: read.data.text, mimeType: 'application/xml' } : read;
      },
    },
    {
      ...{ name: 'waapi-schema', uriTemplate: 'wwiseflow://waapi/{uri}', title: 'WAAPI function or topic' },
      description: 'What a function takes and gives, or a topic publishes, as the connected Wwise says it.',
      ...{ mimeType: json, values: 'waapi', changesWith: 'nothing' },
      read: (uri) => project.waapiSchema(uri),
    },
  ];
}
