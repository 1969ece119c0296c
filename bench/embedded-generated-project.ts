import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createProject } from '../src/embedded/project/new-project/new-project.ts';

/**
 * Writes a project of about `objects` objects (Sounds with their source in Random Containers, as imports leave them) and
 * gives the path of its .wproj. `objectsPerFile`: in one Work Unit, by default about 2 MB, twice the largest one seen in
 * public projects.
 */
export function generateProject(directory: string, objects: number, objectsPerFile = 2_000): string {
  const projectPath = join(directory, `Generated${objects}`, 'Generated.wproj');
  createProject(projectPath);
  const folder = join(dirname(projectPath), 'Containers');
  mkdirSync(folder, { recursive: true });
  for (let from = 0; from < objects; from += objectsPerFile) {
    const count = Math.min(objectsPerFile, objects - from);
    writeFileSync(join(folder, `Generated ${from}.wwu`), workUnit(from, count));
  }
  return projectPath;
}

function workUnit(from: number, count: number): string {
  const id = guid(from, 'A');
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<WwiseDocument Type="WorkUnit" ID="${id}" SchemaVersion="133">`,
    '\t<Containers>',
    `\t\t<WorkUnit Name="Generated ${from}" ID="${id}" PersistMode="Standalone">`,
    '\t\t\t<ChildrenList>',
  ];
  // One container and ten Sounds with a source each: 21 objects.
  for (let made = 0; made < count; made += 21) lines.push(...container(from + made));
  lines.push('\t\t\t</ChildrenList>', '\t\t</WorkUnit>', '\t</Containers>', '</WwiseDocument>', '');
  return lines.join('\n');
}

function container(number: number): readonly string[] {
  const tabs = '\t\t\t\t';
  const head = `Name="Container_${number}" ID="${guid(number, 'B')}" ShortID="${number}"`;
  return [
    `${tabs}<RandomSequenceContainer ${head}>`,
    ...references(`${tabs}\t`),
    `${tabs}\t<ChildrenList>`,
    ...Array.from({ length: 10 }, (_, at) => sound(number + at * 2 + 1, `${tabs}\t\t`)).flat(),
    `${tabs}\t</ChildrenList>`,
    `${tabs}</RandomSequenceContainer>`,
  ];
}

function sound(number: number, tabs: string): readonly string[] {
  const source = `Name="Sound_${number}" ID="${guid(number, 'D')}"`;
  return [
    `${tabs}<Sound Name="Sound_${number}" ID="${guid(number, 'C')}" ShortID="${number}">`,
    `${tabs}\t<PropertyList>`,
    `${tabs}\t\t<Property Name="IsLoopingEnabled" Type="bool" Value="True"/>`,
    `${tabs}\t\t<Property Name="Volume" Type="Real64">`,
    `${tabs}\t\t\t<ValueList>`,
    `${tabs}\t\t\t\t<Value>-${number % 24}</Value>`,
    `${tabs}\t\t\t</ValueList>`,
    `${tabs}\t\t</Property>`,
    `${tabs}\t</PropertyList>`,
    ...references(`${tabs}\t`),
    `${tabs}\t<ChildrenList>`,
    `${tabs}\t\t<AudioFileSource ${source}>`,
    `${tabs}\t\t\t<Language>SFX</Language>`,
    `${tabs}\t\t\t<AudioFile>Generated\\Sound_${number}.wav</AudioFile>`,
    `${tabs}\t\t\t<MediaIDList>`,
    `${tabs}\t\t\t\t<MediaID ID="${number}"/>`,
    `${tabs}\t\t\t</MediaIDList>`,
    `${tabs}\t\t</AudioFileSource>`,
    `${tabs}\t</ChildrenList>`,
    `${tabs}\t<ActiveSourceList>`,
    `${tabs}\t\t<ActiveSource ${source} Platform="Linked"/>`,
    `${tabs}\t</ActiveSourceList>`,
    `${tabs}</Sound>`,
  ];
}

function references(tabs: string): readonly string[] {
  return [
    `${tabs}<ReferenceList>`,
    `${tabs}\t<Reference Name="OutputBus">`,
    `${tabs}\t\t<ObjectRef Name="Main Audio Bus" ID="{1514A4D8-1DA6-412A-A17E-75CA0C2149F3}" WorkUnitID="${guid(0, 'E')}"/>`,
    `${tabs}\t</Reference>`,
    `${tabs}</ReferenceList>`,
  ];
}

function guid(number: number, kind: string): string {
  const digits = number.toString(16).toUpperCase().padStart(8, '0');
  return `{${digits}-0000-4000-8000-00000000000${kind}}`;
}
