import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { type EngineRoom, withEngine } from './engine.ts';

/** GUIDs of a fixture, by number. */
export function guid(number: number): string {
  return `{0000${number.toString(16).toUpperCase().padStart(4, '0')}-3333-4222-8333-444455556666}`;
}

/** Children of Work Units by file, `Events/Default Work Unit.wwu`; numbers of their GUIDs count from 61441. */
export type WorkUnits = Readonly<Record<string, string>>;

/** GUID of the Work Unit in the file of that place in the list. */
export function workUnitId(place: number): string {
  return guid(0xf001 + place);
}

/** Writes a project with these Work Units, as that schema has its folders, and runs `work` on the engine that opened it. */
export async function withWorkUnits(
  schema: number,
  workUnits: WorkUnits,
  work: (room: EngineRoom, read: (file: string) => string) => Promise<void>,
): Promise<void> {
  await withEngine(
    (room) => work(room, (file) => readFileSync(join(room.dir, 'Fixture', file), 'utf8')),
    (dir) => {
      const root = join(dir, 'Fixture');
      for (const [place, [file, children]] of Object.entries(workUnits).entries())
        write(join(root, file), workUnit(schema, file, workUnitId(place), children));
      const folders = [...new Set(Object.keys(workUnits).map((file) => posix.dirname(file)))].sort();
      const projectPath = join(root, 'Fixture.wproj');
      write(projectPath, projectOf(schema, folders));
      return projectPath;
    },
  );
}

/** Every file of the project with its text. */
export function textsOf(room: EngineRoom): ReadonlyMap<string, string> {
  const root = join(room.dir, 'Fixture');
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  return new Map(
    names
      .filter((name) => /\.(wproj|wwu)$/.test(name))
      .map((name) => [name, readFileSync(join(root, name), 'utf8')]),
  );
}

/** One element per line, a tab per depth; an element with text stays on its line. */
export function indented(text: string): string {
  let depth = 0;
  let out = '';
  for (const [, close, open, empty, content] of text.matchAll(
    /(<\/[^>]+>)|(<[^>]+[^/]>)|(<[^>]+\/>)|([^<]+<\/[^>]+>)/g,
  )) {
    if (close !== undefined) depth--;
    const starts = out === '' || out.endsWith('\n') || content !== undefined ? '' : '\n';
    if (content !== undefined) {
      out += content;
      depth--;
    } else out += `${starts}${'\t'.repeat(depth)}${close ?? open ?? empty}`;
    if (open !== undefined) depth++;
  }
  return `${out}\n`;
}

function write(path: string, xml: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `<?xml version="1.0" encoding="utf-8"?>\n${indented(xml)}`);
}

function workUnit(schema: number, file: string, id: string, children: string): string {
  const folder = roots[posix.dirname(file)];
  if (folder === undefined) throw new Error(`No such folder of a Wwise project: ${file}`);
  const head = `WorkUnit Name="${posix.basename(file, '.wwu')}" ID="${id}" PersistMode="Standalone"`;
  const content =
    children === '' ? `<${head}/>` : `<${head}><ChildrenList>${children}</ChildrenList></WorkUnit>`;
  return `<WwiseDocument Type="WorkUnit" ID="${id}" SchemaVersion="${schema}"><${folder.element}>${content}</${folder.element}></WwiseDocument>`;
}

function projectOf(schema: number, folders: readonly string[]): string {
  const places = folders.map(
    (name) =>
      `<PhysicalFolder Path="${name}"><WorkUnit Name="${name}" ID="${roots[name]?.id ?? ''}" PersistMode="Standalone"/></PhysicalFolder>`,
  );
  const languages = ['English(US)', 'External', 'French(France)', 'Mixed', 'SFX'].map(
    (name, at) => `<Language Name="${name}" ID="${guid(0xfe01 + at)}"/>`,
  );
  const platforms = ['Windows', 'Mac'].map(
    (name, at) => `<Platform Name="${name}" ReferencePlatform="${name}" ID="${guid(0xfd01 + at)}"/>`,
  );
  return `<WwiseDocument Type="Project" SchemaVersion="${schema}"><ProjectInfo><Project Name="Fixture" ID="${guid(0xff01)}"><Platforms>${platforms.join('')}</Platforms><LanguageList>${languages.join('')}</LanguageList><PhysicalFolderList>${places.join('')}</PhysicalFolderList></Project></ProjectInfo></WwiseDocument>`;
}

/** The element of a folder's Work Units, and the GUID the folder has in every project. */
const roots: Readonly<Record<string, { readonly element: string; readonly id: string }>> = {
  'Actor-Mixer Hierarchy': { element: 'AudioObjects', id: '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}' },
  'Audio Devices': { element: 'AudioDevices', id: '{27092F88-225A-1154-6725-C8A34F3D4482}' },
  Attenuations: { element: 'Attenuations', id: '{017BDDA0-1BB1-4CE1-8077-79594EC4585C}' },
  Busses: { element: 'Busses', id: '{2388DAEA-9775-46C6-A2ED-C5222A397756}' },
  Containers: { element: 'Containers', id: '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}' },
  'Conversion Settings': { element: 'Conversions', id: '{4AA12040-049C-400F-ABCD-6EED192EC1D7}' },
  'Dynamic Dialogue': { element: 'DynamicDialogue', id: '{309AF5DE-031F-4CE0-9B9B-C0A536275343}' },
  Effects: { element: 'Effects', id: '{41093F77-829F-4D88-8601-E8B25F3D4781}' },
  Events: { element: 'Events', id: '{A69BF0FC-D84A-487C-ABDD-56F71CB2A126}' },
  'Game Parameters': { element: 'GameParameters', id: '{4025818E-097F-4A72-B692-B8A2E2663DCB}' },
  'Interactive Music Hierarchy': {
    element: 'InteractiveMusic',
    id: '{49FED366-B530-42A8-993B-924873AAB707}',
  },
  'Master-Mixer Hierarchy': { element: 'Busses', id: '{2388DAEA-9775-46C6-A2ED-C5222A397756}' },
  'Mixing Sessions': { element: 'MixingSessions', id: '{6477AAF7-E365-4990-A392-E59B824B6418}' },
  Modulators: { element: 'Modulators', id: '{14C37342-3847-49FF-A05C-5007991BED50}' },
  Presets: { element: 'Presets', id: '{34C55C34-79EE-4678-860F-4C7DBE71D6DF}' },
  SoundBanks: { element: 'SoundBanks', id: '{C98E673F-A24C-48A8-960F-10565FFE70A0}' },
  States: { element: 'States', id: '{59A9E7B9-61C9-461A-A96F-4997B541A59C}' },
  Switches: { element: 'Switches', id: '{CB6175F1-6080-4A23-92EF-0807E304D0C1}' },
  Triggers: { element: 'Triggers', id: '{6C7657FC-4758-4D41-BD4C-68B09F91DB29}' },
};
