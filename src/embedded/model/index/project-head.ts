import { attribute, childNamed, type WwuDocument, type WwuElement } from '../../wwu/tree.ts';
import type { NamedId, Platform, SavedVersion } from '../model.ts';

/** What the .wproj says about the project as a whole. */
export interface ProjectHead {
  readonly project: WwuElement;
  readonly version: SavedVersion;
  readonly platforms: readonly Platform[];
  readonly languages: readonly NamedId[];
  readonly defaultLanguage: NamedId;
  /** Folders that hold Work Units; path relative to the project with backslashes. */
  readonly physicalFolders: readonly { readonly path: string; readonly workUnit: WwuElement }[];
  /** Relative to the project, `Originals` unless the project says otherwise. */
  readonly originalsFolder: string;
}

/** Reads the head; undefined when the document is no project file. */
export function readProjectHead(document: WwuDocument): ProjectHead | undefined {
  const info = childNamed(document.root, 'ProjectInfo');
  const project = info === undefined ? undefined : childNamed(info, 'Project');
  if (attribute(document.root, 'Type') !== 'Project' || project === undefined) return undefined;
  const languages = items(project, 'LanguageList').map(namedId);
  return {
    project,
    version: readVersion(document.root),
    platforms: items(project, 'Platforms').map((platform) => ({
      ...namedId(platform),
      referencePlatform: attribute(platform, 'ReferencePlatform') ?? attribute(platform, 'Name') ?? '',
    })),
    languages,
    defaultLanguage: defaultLanguage(project, languages),
    physicalFolders: items(project, 'PhysicalFolderList').flatMap((folder) => {
      const path = attribute(folder, 'Path');
      const workUnit = childNamed(folder, 'WorkUnit');
      return path === undefined || workUnit === undefined ? [] : [{ path, workUnit }];
    }),
    originalsFolder: miscSetting(project, 'Originals') ?? 'Originals',
  };
}

/** Year by schema number, for files whose root does not name the version (measured on 34 projects). */
const yearOfSchema: readonly (readonly [number, number, number])[] = [
  [80, 2017, 1],
  [89, 2018, 1],
  [94, 2019, 1],
  [97, 2019, 2],
  [103, 2021, 1],
  [110, 2022, 1],
  [119, 2023, 1],
  [123, 2024, 1],
  [131, 2025, 1],
];

function readVersion(root: WwuElement): ProjectHead['version'] {
  const schema = Number(attribute(root, 'SchemaVersion') ?? 0);
  const build = Number(attribute(root, 'WwiseBuild') ?? 1);
  const named = /^v(\d{4})\.(\d+)\.(\d+)/.exec(attribute(root, 'WwiseVersion') ?? '');
  if (named !== null) {
    return { year: Number(named[1]), major: Number(named[2]), minor: Number(named[3]), build, schema };
  }
  const known = yearOfSchema.findLast(([from]) => schema >= from);
  return { year: known?.[1] ?? 2017, major: known?.[2] ?? 1, minor: 0, build, schema };
}

function items(project: WwuElement, list: string): readonly WwuElement[] {
  return childNamed(project, list)?.children ?? [];
}

function namedId(node: WwuElement): NamedId {
  return { id: (attribute(node, 'ID') ?? '').toUpperCase(), name: attribute(node, 'Name') ?? '' };
}

const pseudoLanguages = new Set(['SFX', 'Mixed', 'External']);

/** The DefaultLanguage property when written; it is omitted when it is English(US). */
function defaultLanguage(project: WwuElement, languages: readonly NamedId[]): NamedId {
  const written = items(project, 'PropertyList').find(
    (property) => attribute(property, 'Name') === 'DefaultLanguage',
  );
  const name = (written === undefined ? undefined : attribute(written, 'Value')) ?? 'English(US)';
  const found =
    languages.find((language) => language.name === name) ??
    languages.find((language) => !pseudoLanguages.has(language.name));
  return found ?? { id: '', name };
}

function miscSetting(project: WwuElement, name: string): string | undefined {
  const entry = items(project, 'MiscSettings').find((setting) => attribute(setting, 'Name') === name);
  const text = entry?.text?.trim();
  return text === '' ? undefined : text;
}
