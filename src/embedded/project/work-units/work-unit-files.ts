import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { newGuid } from '../../model/ids/guid.ts';
import type { ProjectFile } from '../../model/index/project-file.ts';
import { waapiErrors } from '../../protocol/waapi-errors.ts';
import { xmlDeclaration } from '../../wwu/canonical.ts';
import { attribute, element } from '../../wwu/tree.ts';

/**
 * A new Work Unit file as Wwise writes it: one hierarchy element, one WorkUnit, the document id equal to the Work Unit's.
 * LF, unless every other file of the folder has CRLF (a checkout that converts line ends).
 */
export function newWorkUnitFile(
  directory: string,
  name: string,
  version: { readonly schema: number },
  folderPath: string,
  siblings: readonly ProjectFile[],
): ProjectFile {
  const id = newGuid();
  const hierarchy = hierarchyElement(folderPath, siblings);
  const root = element('WwiseDocument', { Type: 'WorkUnit', ID: id, SchemaVersion: String(version.schema) }, [
    element(hierarchy, {}, [element('WorkUnit', { Name: name, ID: id, PersistMode: 'Standalone' })]),
  ]);
  const eol = siblings.length > 0 && siblings.every((file) => file.document.eol === '\r\n') ? '\r\n' : '\n';
  return {
    filePath: join(directory, `${name}.wwu`),
    document: {
      root,
      prolog: xmlDeclaration + eol,
      hasByteOrderMark: false,
      eol,
      emptyClose: '/>',
      epilog: eol,
    },
    schema: version.schema,
    state: -1,
    savedState: 0,
    savedPath: null,
    savedHash: null,
    isLoaded: true,
  };
}

/**
 * Throws when a Work Unit file cannot have its place: Wwise wants the names of Work Units unique within a physical folder,
 * nested ones included, and a file that is none of the project's is not overwritten. Case does not matter, as on Windows.
 */
export function refuseTakenPlace(
  files: readonly ProjectFile[],
  filePath: string,
  mover: ProjectFile | undefined,
): void {
  const directory = dirname(filePath);
  const name = basename(filePath, '.wwu');
  const isNamed = (path: string): boolean =>
    dirname(path) === directory && basename(path).toLowerCase() === basename(filePath).toLowerCase();
  const holder = files.find((file) => file !== mover && isNamed(file.filePath));
  if (holder !== undefined) {
    throw waapiErrors.invalidArguments(
      `There is a Work Unit "${basename(holder.filePath, '.wwu')}" in ${directory} already: "${name}" must be unique within its physical folder, where nested Work Units lie, too.`,
      { name, files: [holder.filePath] },
    );
  }
  const known = new Set(files.map(({ savedPath }) => savedPath));
  const lying = entriesOf(directory)
    .map((entry) => join(directory, entry))
    .find((path) => isNamed(path) && !known.has(path));
  if (lying === undefined) return;
  throw waapiErrors.fileError(
    `${lying} is in the way of the Work Unit "${name}", and is none that was read as part of the project: mend it if it could not be read, choose another name, or move that file away.`,
    { files: [lying], reason: 'in_the_way' },
  );
}

function entriesOf(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

/** What the hierarchy element of a top folder is called; folders not listed use their name without blanks. */
const hierarchyNames: Readonly<Record<string, string>> = {
  'Actor-Mixer Hierarchy': 'AudioObjects',
  'Interactive Music Hierarchy': 'InteractiveMusic',
  'Master-Mixer Hierarchy': 'Busses',
  'Audio Devices': 'AudioDevices',
  'Conversion Settings': 'Conversions',
  Metadata: 'Metadatas',
};

function hierarchyElement(folderPath: string, siblings: readonly ProjectFile[]): string {
  const top = folderPath.split('\\')[1] ?? '';
  const sibling = siblings.find((file) => attribute(file.document.root, 'Type') === 'WorkUnit')?.document.root
    .children[0]?.name;
  return sibling ?? hierarchyNames[top] ?? top.replace(/ /g, '');
}
