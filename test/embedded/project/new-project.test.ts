import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WwiseFlowError } from '../../../src/core/errors.ts';
import { checkProject } from '../../../src/embedded/project/compare/check.ts';
import { createProject } from '../../../src/embedded/project/new-project/new-project.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import { parseWwu } from '../../../src/embedded/wwu/parse.ts';
import { printWwu } from '../../../src/embedded/wwu/print.ts';
import { attribute, childNamed, type WwuElement, walk } from '../../../src/embedded/wwu/tree.ts';
import { sharedDir } from '../../harness/shared.ts';
import { tempDir } from '../../harness/temp-dir.ts';

const dir = tempDir('new');

let projects = 0;
function freshPath(): string {
  return join(dir, `p${projects++}`, 'Demo.wproj');
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(wproj|wwu)$/.test(name))
    .map((name) => join(folder, name))
    .sort();
}

function rootOf(filePath: string): WwuElement {
  return parseWwu(readFileSync(filePath)).root;
}

function named(node: WwuElement, name: string): WwuElement[] {
  return [...walk(node)].filter((candidate) => candidate.name === name);
}

function refusalOf(work: () => void): WwiseFlowError {
  try {
    work();
  } catch (error) {
    if (error instanceof WwiseFlowError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a new project', () => {
  const target = freshPath();
  createProject(target);
  const files = filesOf(dirname(target));

  it('is a 2025.1 project with one Default Work Unit in each of its 22 hierarchies', () => {
    expect(attribute(rootOf(target), 'SchemaVersion')).toBe('133');
    expect(files.filter((file) => file.endsWith('Default Work Unit.wwu'))).toHaveLength(22);
    expect(readdirSync(dirname(target)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('consists of files that print to their own bytes again', () => {
    for (const file of files) {
      const bytes = readFileSync(file);
      const document = parseWwu(bytes);
      expect(printWwu(document).equals(bytes), file).toBe(true);
      expect(
        [...walk(document.root)].filter((node) => node.layout !== null),
        file,
      ).toEqual([]);
    }
  });

  it('opens, and passes the check for what would be written', async () => {
    expect(checkProject(target)).toMatchObject({ differences: [], brokenFiles: [], strayFiles: [] });
    const project = await openProject(target);
    expect(project.model.roots).toHaveLength(22);
    expect(project.model.byPath('\\Busses\\Default Work Unit\\Main Audio Bus')?.type).toBe('Bus');
    expect(project.model.defaultLanguage.name).toBe('English(US)');
    project.close();
  });

  it('gives every document and object an id of its own', () => {
    const ids = files.flatMap((file) =>
      [...walk(rootOf(file))]
        .filter((node) => !['WwiseDocument', 'ObjectRef', 'DefaultConversion'].includes(node.name))
        .flatMap((node) => attribute(node, 'ID') ?? []),
    );
    expect(ids.length).toBeGreaterThan(50);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to objects and Work Units it has', () => {
    const nodes = files.flatMap((file) => [...walk(rootOf(file))]);
    const ids = new Set(
      nodes.filter((node) => node.name !== 'ObjectRef').map((node) => attribute(node, 'ID')),
    );
    for (const reference of nodes.filter((node) => node.name === 'ObjectRef')) {
      expect(ids).toContain(attribute(reference, 'ID'));
      expect(ids).toContain(attribute(reference, 'WorkUnitID'));
    }
  });

  it('has the folders of the Originals', () => {
    expect(existsSync(join(dirname(target), 'Originals', 'Voices', 'English(US)'))).toBe(true);
    expect(existsSync(join(dirname(target), 'Originals', 'SFX'))).toBe(true);
  });

  it('takes platforms and languages', () => {
    const other = freshPath();
    createProject(other, { platforms: ['Windows', 'PS5'], languages: ['French(France)', 'English(US)'] });
    const root = rootOf(other);
    expect(named(root, 'Platform').map((node) => attribute(node, 'Name'))).toEqual(['Windows', 'PS5']);
    expect(named(root, 'Language').map((node) => attribute(node, 'Name'))).toEqual([
      'English(US)',
      'External',
      'French(France)',
      'Mixed',
      'SFX',
    ]);
    const defaultLanguage = named(root, 'Property').find(
      (node) => attribute(node, 'Name') === 'DefaultLanguage',
    );
    expect(defaultLanguage && attribute(defaultLanguage, 'Value')).toBe('French(France)');
    const conversions = rootOf(join(dirname(other), 'Conversion Settings', 'Default Work Unit.wwu'));
    expect(named(conversions, 'ConversionPluginInfo').map((node) => attribute(node, 'Platform'))).toEqual([
      'Windows',
      'PS5',
    ]);
  });
});

describe('createProject refuses', () => {
  it('a folder that holds a project already, and leaves it alone', () => {
    const target = freshPath();
    createProject(target);
    const before = readFileSync(target, 'utf8');
    const error = refusalOf(() => createProject(join(dirname(target), 'Other.wproj')));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toContain('already holds the project Demo.wproj');
    expect(readFileSync(target, 'utf8')).toBe(before);
  });

  it('a hierarchy folder with something in it', () => {
    const target = freshPath();
    mkdirSync(join(dirname(target), 'Events'), { recursive: true });
    writeFileSync(join(dirname(target), 'Events', 'notes.txt'), 'mine');
    expect(refusalOf(() => createProject(target)).message).toContain('is not empty');
    expect(readdirSync(dirname(target))).toEqual(['Events']);
  });

  it('a path that is no project file, and names that cannot be folders', () => {
    expect(refusalOf(() => createProject(join(dir, 'Demo.txt'))).message).toContain('does not end in .wproj');
    expect(refusalOf(() => createProject(freshPath(), { languages: ['a/b'] })).message).toContain('"a/b"');
    expect(refusalOf(() => createProject(freshPath(), { platforms: ['Mac', 'mac'] })).message).toContain(
      'twice',
    );
  });

  it('nothing in a folder with unrelated files', () => {
    const target = freshPath();
    mkdirSync(join(dirname(target), 'Events'), { recursive: true });
    writeFileSync(join(dirname(target), 'README.md'), 'mine');
    createProject(target);
    expect(readFileSync(join(dirname(target), 'README.md'), 'utf8')).toBe('mine');
    expect(existsSync(target)).toBe(true);
  });
});

const reference = join(sharedDir, 'wwise-projects', 'godot-tests-2025.1');
describe.skipIf(!existsSync(reference))(
  'beside a project that Wwise 2025.1 saved (needs the shared projects)',
  () => {
    it('a new project has the same sections, hierarchies and elements', () => {
      const target = freshPath();
      createProject(target);
      const [ours, theirs] = [rootOf(target), rootOf(join(reference, 'GodotTests.wproj'))].map(
        (root) => named(root, 'Project')[0],
      );
      expect(ours?.children.map((child) => child.name)).toEqual(theirs?.children.map((child) => child.name));
      for (const file of filesOf(dirname(target)).filter((name) => name.endsWith('.wwu'))) {
        const theirFile = rootOf(file.replace(dirname(target), reference));
        expect(
          rootOf(file).children.map((child) => child.name),
          file,
        ).toEqual(theirFile.children.map((child) => child.name));
      }
      const folders = (project: WwuElement | undefined): (string | undefined)[] =>
        project ? named(project, 'PhysicalFolder').map((node) => attribute(node, 'Path')) : [];
      expect(folders(ours)).toEqual(folders(theirs).filter((path) => !path?.includes('\\')));
    });

    it('a new project knows the properties of every Audiokinetic class, written alike', () => {
      const target = freshPath();
      createProject(target);
      const classes = (file: string): Map<string, string> =>
        new Map(
          named(rootOf(file), 'SharedPropertyList').map((node) => [
            ['ClassName', 'PluginType', 'CompanyID', 'PluginID']
              .map((name) => attribute(node, name))
              .join(' '),
            (childNamed(node, 'PropertyList')?.children ?? [])
              .map((property) => `${attribute(property, 'Name')}:${attribute(property, 'Type')}`)
              .join(' '),
          ]),
        );
      const theirs = classes(join(reference, 'GodotTests.wproj'));
      for (const [name, properties] of classes(target)) {
        if (name.startsWith('AK Custom Panner')) continue; // Came with 2025.1.4; the project is from 2025.1.3.
        expect(properties, name).toBe(theirs.get(name));
      }
    });
  },
);
