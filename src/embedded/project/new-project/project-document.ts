import { newGuid } from '../../model/ids/guid.ts';
import { rootFolders } from '../../model/types/types.gen.ts';
import { element, type WwuDocument, type WwuElement } from '../../wwu/tree.ts';
import { defaultConversion, type ProjectPlan } from './default-work-units.ts';
import { sharedValues } from './shared-values.ts';
import { format, newDocument, ordinal, perPlatformProperty, plainProperty } from './write-format.ts';

/** The .wproj of an empty project. */
export function projectDocument(plan: ProjectPlan): WwuDocument {
  const project = element('Project', { Name: plan.name, ID: newGuid() }, [
    element(
      'Platforms',
      {},
      plan.platforms.map((name) => platform(name, plan.basePlatforms[name] ?? name)),
    ),
    element('LanguageList', {}, languages(plan)),
    element('PropertyList', {}, properties(plan)),
    element('MiscSettings', {}, [miscSetting('Cache', '.cache'), miscSetting('Originals', 'Originals')]),
    sharedValues(),
    element('DefaultConversion', { Name: defaultConversion.name, ID: defaultConversion.id }),
    element('PhysicalFolderList', {}, physicalFolders()),
    element('EnvironmentalCurves', { Name: 'Environmental Curves', ID: newGuid() }),
  ]);
  const attributes = {
    Type: 'Project',
    SchemaVersion: format.schema,
    WwiseVersion: format.version,
    WwiseBuild: format.build,
  };
  return newDocument(element('WwiseDocument', attributes, [element('ProjectInfo', {}, [project])]));
}

function platform(name: string, base: string): WwuElement {
  return element('Platform', { Name: name, ReferencePlatform: base, ID: newGuid() });
}

/** The voice languages and the three pseudo-languages every project has, by name without case. */
function languages(plan: ProjectPlan): WwuElement[] {
  return [...plan.languages, 'External', 'Mixed', 'SFX']
    .sort((a, b) => ordinal(a.toLowerCase(), b.toLowerCase()))
    .map((name) => element('Language', { Name: name, ID: newGuid() }));
}

function properties(plan: ProjectPlan): WwuElement[] {
  const text = (name: string, valueFor: (platform: string) => string): WwuElement =>
    perPlatformProperty(name, 'string', plan.platforms, valueFor);
  const bankFolder = (platform: string): string => `GeneratedSoundBanks\\${platform}\\`;
  const [language = 'English(US)'] = plan.languages;
  const created = `Branch=${format.branch}|Build=${format.build}|VersionName=${format.version}|Config=Release`;
  return [
    ...(language === 'English(US)' ? [] : [plainProperty('DefaultLanguage', 'string', language)]),
    text('ExternalSourcesInputPath', () => ''),
    text('ExternalSourcesOutputPath', bankFolder),
    plainProperty('SoundBankHeaderFilePath', 'string', 'GeneratedSoundBanks\\'),
    text('SoundBankPaths', bankFolder),
    text('SoundBankPostGenerateCustomCmdDescription', () => ''),
    text('SoundBankPostGenerateCustomCmdLines', () => ''),
    text('SoundBankPreGenerateCustomCmdDescription', () => ''),
    text('SoundBankPreGenerateCustomCmdLines', () => ''),
    plainProperty('WwiseVersionWhenCreated', 'string', created),
  ];
}

function miscSetting(name: string, value: string): WwuElement {
  return { ...element('MiscSettingEntry', { Name: name }, value), form: 'cdata' };
}

function physicalFolders(): WwuElement[] {
  return rootFolders
    .flatMap(({ id, name2025 }) => (name2025 === null ? [] : [{ id, name: name2025 }]))
    .sort((a, b) => ordinal(a.name, b.name))
    .map(({ id, name }) =>
      element('PhysicalFolder', { Path: name }, [
        element('WorkUnit', { Name: name, ID: id, PersistMode: 'Standalone' }),
      ]),
    );
}
