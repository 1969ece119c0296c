import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The hierarchies that the projects of `writeEraProject` lack: their GUID, and the element in their files. */
const hierarchies = [
  ['Attenuations', '{017BDDA0-1BB1-4CE1-8077-79594EC4585C}', 'Attenuations'],
  ['Dynamic Dialogue', '{309AF5DE-031F-4CE0-9B9B-C0A536275343}', 'DynamicDialogue'],
  ['Interactive Music Hierarchy', '{49FED366-B530-42A8-993B-924873AAB707}', 'InteractiveMusic'],
  ['SoundBanks', '{C98E673F-A24C-48A8-960F-10565FFE70A0}', 'SoundBanks'],
  ['States', '{59A9E7B9-61C9-461A-A96F-4997B541A59C}', 'States'],
] as const;

/** Gives a project those hierarchies, each with an empty Default Work Unit. Before it is opened. */
export function addFolders(projectPath: string, schema: number): void {
  const text = readFileSync(projectPath, 'utf8');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const entries = text.match(/\t*<PhysicalFolder Path="[^"]+">[\s\S]*?<\/PhysicalFolder>\r?\n/g) ?? [];
  const missing = hierarchies.filter(([name]) => schema < 131 || name !== 'Interactive Music Hierarchy');
  const [first = ''] = entries;
  const made = missing.map(([name, id, element], at) => {
    const workUnit = `{0000F${at}00-1111-4222-8333-444455556666}`;
    const lines = [
      '<?xml version="1.0" encoding="utf-8"?>',
      `<WwiseDocument Type="WorkUnit" ID="${workUnit}" SchemaVersion="${schema}">`,
      `\t<${element}>`,
      `\t\t<WorkUnit Name="Default Work Unit" ID="${workUnit}" PersistMode="Standalone"/>`,
      `\t</${element}>`,
      '</WwiseDocument>',
      '',
    ];
    mkdirSync(join(dirname(projectPath), name), { recursive: true });
    writeFileSync(join(dirname(projectPath), name, 'Default Work Unit.wwu'), lines.join(eol));
    const named = first.replace(/Path="[^"]+"/, `Path="${name}"`).replace(/Name="[^"]+"/, `Name="${name}"`);
    return named.replace(/ID="[^"]+"/, `ID="${id}"`);
  });
  const pathOf = (entry: string): string => /Path="([^"]+)"/.exec(entry)?.[1] ?? '';
  const all = [...entries, ...made].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  writeFileSync(projectPath, text.replace(entries.join(''), all.join('')));
}
