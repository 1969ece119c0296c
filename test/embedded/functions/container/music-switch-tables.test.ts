import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { checkProject } from '../../../../src/embedded/project/compare/check.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { eras, writeEraProject } from '../../../harness/era-project.ts';
import { addFolders } from '../../../harness/more-folders.ts';

const before2023 = eras.filter((schema) => schema < 119);
const home = '\\Interactive Music Hierarchy\\Default Work Unit';
const states = '\\States\\Default Work Unit';

async function withScore(schema: (typeof eras)[number], work: (room: EngineRoom) => Promise<void>) {
  await withEngine(
    async (room) => {
      const children = ['Calm', 'Tense'].map((name) => ({ type: 'State', name }));
      const playlists = ['Song', 'Battle'].map((name) => ({ type: 'MusicPlaylistContainer', name }));
      await room.call('object.set', {
        objects: [
          { object: states, children: [{ type: 'StateGroup', name: 'Mood', children }] },
          {
            object: home,
            children: [
              { type: 'MusicSwitchContainer', name: 'Score', children: playlists },
              { type: 'MusicSwitchContainer', name: 'Twin' },
            ],
          },
        ],
      });
      await room.call('project.save');
      await work(room);
      await room.call('project.save');
      expect(checkProject(room.project.filePath)).toMatchObject({ differences: [], brokenFiles: [] });
    },
    (place) => {
      const { projectPath } = writeEraProject(place, schema);
      addFolders(projectPath, schema);
      return projectPath;
    },
  );
}

const entry = (state: string, child: string, more: JsonObject = {}) => ({
  type: 'MultiSwitchEntry',
  name: '',
  '@EntryPath': [{ type: 'EntryPathSlot', name: '', '@EntryPathObject': `${states}\\Mood${state}` }],
  '@AudioNode': `${home}\\Score\\${child}`,
  ...more,
});

const table = (...entries: JsonObject[]) => ({
  objects: [{ object: `${home}\\Score`, '@Arguments': [`${states}\\Mood`], '@Entries': entries }],
  listMode: 'replaceAll',
});

function entriesIn({ project }: EngineRoom, name = 'Score'): readonly unknown[] {
  const container = project.model.byPath(`${home}\\${name}`);
  if (container === undefined) return [];
  return project.model
    .legacyEntries(container)
    .map(({ path, audioNode }) => [path.map((step) => step.name), audioNode?.name]);
}

describe.each(before2023)('the table of a Music Switch Container in files of schema %i', (schema) => {
  it('is written as an ArgumentList and an EntryList, replaced, followed by name and undone', async () => {
    await withScore(schema, async (room) => {
      const file = join(
        dirname(room.project.filePath),
        'Interactive Music Hierarchy',
        'Default Work Unit.wwu',
      );
      const former = readFileSync(file, 'utf8');
      await room.call('object.set', table(entry('\\Calm', 'Song'), entry('', 'Battle')));
      expect(entriesIn(room)).toEqual([
        [['Calm'], 'Song'],
        [['Mood'], 'Battle'],
      ]);
      await room.call('object.setName', { object: `${home}\\Score\\Song`, value: 'Hymn' });
      await room.call('object.setName', { object: `${states}\\Mood\\Calm`, value: 'Still' });
      await room.call('project.save');
      const written = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
      expect(written).toMatch(
        /<ArgumentList>\n\t+<ArgumentRef Name="Mood" ID="\{[^"]+\}"\/>\n\t+<\/ArgumentList>\n\t+<EntryList>\n\t+<Entry>\n\t+<Path>\n\t+<PathElementRef Name="Still" ID="\{[^"]+\}"\/>\n\t+<\/Path>\n\t+<AudioNodeInfo>\n\t+<AudioNodeRef Name="Hymn" ID="\{[^"]+\}" WorkUnitID="\{[^"]+\}" Platform="Linked"\/>\n\t+<\/AudioNodeInfo>\n\t+<\/Entry>/,
      );
      await room.call('object.pasteProperties', { source: `${home}\\Score`, targets: [`${home}\\Twin`] });
      expect(entriesIn(room, 'Twin')).toEqual(entriesIn(room));
      await room.call('object.set', table(entry('\\Tense', 'Battle')));
      expect(entriesIn(room)).toEqual([[['Tense'], 'Battle']]);
      await room.call('object.delete', { object: `${home}\\Score\\Battle` });
      expect(entriesIn(room)).toEqual([[['Tense'], undefined]]);
      for (let step = 0; step < 6; step++) await room.call('undo.undo');
      await room.call('project.save');
      expect(readFileSync(file, 'utf8')).toBe(former);
    });
  });

  it('is refused, and nothing changed, where a line does not fit', async () => {
    await withScore(schema, async (room) => {
      for (const [wrong, reason] of [
        [entry('\\Calm', 'Song', { '@EntryPath': [] }), 'the arguments are: Mood'],
        [entry('\\Calm', 'Song', { '@EntryPath': [`${home}\\Score`] }), 'takes a'],
        [entry('\\Calm', 'Song', { '@Weight': 10 }), '"@EntryPath" and "@AudioNode", nothing else'],
        [entry('\\Calm', 'Sing'), 'Sing'],
      ] as const)
        expect((await room.refused('object.set', table(wrong))).message).toContain(reason);
      expect(room.project.isDirty).toBe(false);
    });
  });
});
