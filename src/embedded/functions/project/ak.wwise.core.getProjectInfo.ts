import { dirname, isAbsolute, join, normalize, sep } from 'node:path';
import { asString, type JsonObject } from '../../../core/json.ts';
import { nullGuid } from '../../../core/null-guid.ts';
import { shortIdOfName } from '../../model/ids/short-id.ts';
import type { ProjectModel, WwiseObject } from '../../model/model.ts';
import type { OpenedProject } from '../../project/opened-project.ts';
import { defineFunction } from '../define-function.ts';

/** Platforms, languages, directories and default Work Units of the open project. Paths are this machine's. */
export const getProjectInfo = defineFunction({
  uri: 'ak.wwise.core.getProjectInfo',
  run(_args, _options, { project }) {
    const { model } = project;
    const { year, major, minor } = model.version;
    const workUnits = defaultWorkUnits(model);
    const importWorkUnit = workUnits.Containers;
    return {
      name: model.project.name,
      displayTitle: `${model.project.name} - Wwise ${year}.${major}.${minor}`,
      path: project.filePath,
      id: model.project.id,
      isDirty: project.isDirty,
      currentLanguageId: model.defaultLanguage.id,
      referenceLanguageId: model.defaultLanguage.id,
      currentPlatformId: model.platforms[0]?.id ?? nullGuid,
      languages: languages(model),
      platforms: platforms(project),
      defaultConversion: defaultConversion(model),
      directories: directories(project),
      defaultWorkUnits: workUnits,
      ...(importWorkUnit === undefined ? {} : { defaultImportWorkUnit: importWorkUnit }),
    };
  },
});

/** The languages a voice can be in: the pseudo-languages are no languages of the project to a client. */
function languages(model: ProjectModel): JsonObject[] {
  return model.languages
    .filter(({ name }) => !pseudoLanguages.has(name))
    .map(({ id, name }) => ({ id, name, shortId: shortIdOfName(name) }));
}

const pseudoLanguages = new Set(['SFX', 'Mixed', 'External']);

function platforms(project: OpenedProject): JsonObject[] {
  const { model } = project;
  return model.platforms.map(({ id, name, referencePlatform }) => {
    const written = asString(model.property(model.project, 'SoundBankPaths', name)) ?? '';
    const soundBankPath = inProject(project, written === '' ? `GeneratedSoundBanks\\${name}` : written);
    return {
      id,
      name,
      baseName: referencePlatform,
      baseDisplayName: referencePlatform,
      soundBankPath: asFolder(soundBankPath),
      copiedMediaPath: join(soundBankPath, 'Media'),
    };
  });
}

function defaultConversion(model: ProjectModel): JsonObject {
  const conversion =
    model.reference(model.project, 'DefaultConversion') ??
    model.byId(factoryConversionId) ??
    [...model.ofType('Conversion')][0];
  return conversion === undefined || conversion === null
    ? { id: nullGuid, name: '' }
    : { id: conversion.id, name: conversion.name };
}

/** Default Conversion Settings: the same GUID in every project. */
const factoryConversionId = '{6D1B890C-9826-4384-BF07-C15223E9FB56}';

function directories(project: OpenedProject): JsonObject {
  const written = asString(project.model.property(project.model.project, 'SoundBankHeaderFilePath')) ?? '';
  return {
    root: asFolder(dirname(project.filePath)),
    cache: asFolder(inProject(project, '.cache')),
    originals: asFolder(project.originalsDir),
    soundBankOutputRoot: asFolder(inProject(project, written === '' ? 'GeneratedSoundBanks' : written)),
    commands: inProject(project, 'Add-ons\\Commands'),
    properties: inProject(project, 'Add-ons\\Properties'),
  };
}

/** Wwise writes backslashes and paths relative to the project. */
function inProject(project: OpenedProject, path: string): string {
  const native = sep === '\\' ? path : path.replaceAll('\\', '/');
  return normalize(isAbsolute(native) ? native : join(dirname(project.filePath), native));
}

/** Directories end with a separator, as Wwise gives them. */
function asFolder(path: string): string {
  return path.endsWith(sep) ? path : `${path}${sep}`;
}

function defaultWorkUnits(model: ProjectModel): Record<string, JsonObject> {
  const found: Record<string, JsonObject> = {};
  for (const [category, path] of Object.entries(rootPaths)) {
    const unit = defaultWorkUnit(model.byPath(path));
    if (unit !== undefined) {
      found[category] = {
        id: unit.id,
        name: unit.name,
        path: model.path(unit),
        filePath: model.filePath(unit),
      };
    }
  }
  return found;
}

/** The Work Unit Wwise creates with every category; a project that renamed it has its first one instead. */
function defaultWorkUnit(root: WwiseObject | undefined): WwiseObject | undefined {
  const units = root?.children.filter(({ type }) => type === 'WorkUnit') ?? [];
  return units.find(({ name }) => name === 'Default Work Unit') ?? units[0];
}

/** Members of the answer and the category they stand for; the look-up also finds the names used up to 2024.1. */
const rootPaths: Readonly<Record<string, string>> = {
  Busses: '\\Busses',
  Containers: '\\Containers',
  Events: '\\Events',
  Switches: '\\Switches',
  States: '\\States',
  SoundBanks: '\\SoundBanks',
  GameParameters: '\\Game Parameters',
  Effects: '\\Effects',
  Devices: '\\Devices',
  Presets: '\\Presets',
  SoundcasterSessions: '\\Soundcaster Sessions',
  MixingSessions: '\\Mixing Sessions',
  Queries: '\\Queries',
  Triggers: '\\Triggers',
  Attenuations: '\\Attenuations',
  DynamicDialogue: '\\Dynamic Dialogue',
  Conversions: '\\Conversion Settings',
  Modulators: '\\Modulators',
  ControlSurfaceSessions: '\\Control Surface Sessions',
  VirtualAcoustics: '\\Virtual Acoustics',
  Metadatas: '\\Metadata',
  SidechainMixes: '\\Sidechain Mixes',
};
