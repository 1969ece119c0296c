import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject } from '../../../src/core/json.ts';
import { midiDurationMs } from '../../../src/embedded/audio/files/read-midi.ts';
import { listOriginals } from '../../../src/embedded/functions/source-control/list-originals.ts';
import { checkProject } from '../../../src/embedded/project/compare/check.ts';
import { type EngineRoom, withEngine } from '../../harness/engine.ts';
import { eras, writeEraProject } from '../../harness/era-project.ts';
import { breachesOf } from '../../harness/file-laws.ts';
import { midiBytes } from '../../harness/midi.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { writeTone } from '../../harness/wave.ts';

const dir = tempDir('music');
const wave = join(dir, 'Theme.wav');
const midi = join(dir, 'Melody.mid');
beforeAll(() => {
  writeTone(wave, { seconds: 1.5 });
  writeFileSync(midi, midiBytes({ quarters: 8, microsecondsPerQuarter: 250_000 }));
});

const home = '\\Containers\\Default Work Unit';

/** Until 2025.1 music had a hierarchy of its own, with a GUID that is the same everywhere. */
function withMusicHierarchy(projectPath: string, schema: number): string {
  if (schema >= 131) return projectPath;
  const name = 'Interactive Music Hierarchy';
  const workUnit = `<WorkUnit Name="${name}" ID="{49FED366-B530-42A8-993B-924873AAB707}" PersistMode="Standalone"/>`;
  const entry = `<PhysicalFolder Path="${name}">${workUnit}</PhysicalFolder>`;
  const text = readFileSync(projectPath, 'utf8').replace(
    '</PhysicalFolderList>',
    `${entry}</PhysicalFolderList>`,
  );
  writeFileSync(projectPath, text);
  mkdirSync(join(dirname(projectPath), name));
  return projectPath;
}

interface Imported {
  readonly types: readonly string[];
  readonly errors: readonly string[];
}

async function importMusic(room: EngineRoom, ...entries: Record<string, string>[]): Promise<Imported> {
  const { objects, log } = await room.call(
    'audio.import',
    { imports: entries },
    { return: ['type', 'name'] },
  );
  return {
    types: asJsonArray(objects).map((row) => String(asJsonObject(row).type)),
    errors: asJsonArray(log).map((item) => String(asJsonObject(item).message)),
  };
}

function workUnitText(room: EngineRoom, folder = 'Containers'): string {
  return readFileSync(join(dirname(room.project.filePath), folder, 'Default Work Unit.wwu'), 'utf8');
}

function plain(text: string): string {
  return text
    .replace(/\{[0-9A-F-]{36}\}/g, '{}')
    .replace(/(ShortID|MediaID ID)="\d+"/g, '$1="1"')
    .replace(/^\t+/gm, '');
}

describe('a WAVE file imported as music', () => {
  it('becomes a segment with a track, a source and a clip of its length, as Wwise writes them', async () => {
    await withEngine(async (room) => {
      const done = await importMusic(room, {
        audioFile: wave,
        objectPath: `${home}\\<Music Segment>Theme`,
        importLanguage: 'English(US)',
      });
      expect(done).toEqual({
        types: ['AudioFileSource', 'MusicClip', 'MusicTrack', 'MusicSegment'],
        errors: [],
      });
      await room.call('project.save');
      const text = plain(workUnitText(room));
      expect(text).toContain('<Property Name="EndPosition" Type="Real64" Value="1500"/>');
      expect(text).toContain(
        [
          '<AudioFileSource Name="Theme" ID="{}">',
          '<Language>SFX</Language>',
          '<AudioFile>Theme.wav</AudioFile>',
          '<MediaIDList>',
          '<MediaID ID="1"/>',
          '</MediaIDList>',
          '</AudioFileSource>',
          '</ChildrenList>',
          '<ObjectLists>',
          '<ObjectList Name="Sequences">',
          '<MusicTrackSequence Name="" ID="{}">',
          '<ObjectLists>',
          '<ObjectList Name="Clips">',
          '<MusicClip Name="Theme" ID="{}">',
          '<PropertyList>',
          '<Property Name="EndTrimOffset" Type="Real64" Value="1500"/>',
          '<Property Name="FadeInMode" Type="int16" Value="0"/>',
          '<Property Name="FadeOutMode" Type="int16" Value="0"/>',
          '</PropertyList>',
          '<AudioSourceRef Name="Theme" ID="{}"/>',
          '</MusicClip>',
        ].join('\n'),
      );
      expect(text).toContain('<Property Name="TimeMs" Type="Real64" Value="1500"/>');
      expect(text).not.toContain('ActiveSource');
    });
  });

  it('goes by default where music goes: a track in a segment, a segment in a playlist', async () => {
    await withEngine(async (room) => {
      await room.call('object.create', { parent: home, type: 'MusicPlaylistContainer', name: 'List' });
      const first = await importMusic(room, { audioFile: wave, objectPath: `${home}\\List\\One` });
      expect(first.types.at(-1)).toBe('MusicSegment');
      const second = await importMusic(room, { audioFile: wave, objectPath: `${home}\\List\\One\\Drums` });
      expect(second.types).toEqual(['AudioFileSource', 'MusicClip', 'MusicTrack']);
      const again = await importMusic(room, { audioFile: wave, objectPath: `${home}\\List\\One\\Drums` });
      expect(again.types).toEqual(['AudioFileSource', 'MusicTrack']);
      const { return: rows } = await room.call(
        'object.get',
        { waql: `"${home}\\List" select descendants` },
        { return: ['path'] },
      );
      expect(asJsonArray(rows).map((row) => String(asJsonObject(row).path).slice(home.length))).toEqual([
        '\\List\\One',
        '\\List\\One\\Theme',
        '\\List\\One\\Theme\\Theme',
        '\\List\\One\\Drums',
        '\\List\\One\\Drums\\Theme',
      ]);
    });
  });

  it('takes its clip along when its source is deleted or replaced', async () => {
    await withEngine(async (room) => {
      const entry = { audioFile: wave, objectPath: `${home}\\<Music Segment>S\\<Music Track>T` };
      await importMusic(room, entry);
      const clips = () => [...room.project.model.ofType('MusicClip')].length;
      expect(clips()).toBe(1);
      await room.call('object.delete', { object: `${home}\\S\\T\\Theme` });
      expect(clips()).toBe(0);
      await importMusic(room, entry);
      await room.call('audio.import', { importOperation: 'replaceExisting', imports: [entry] });
      expect(clips()).toBe(1);
    });
  });

  it.each(eras.filter((schema) => schema >= 110))(
    'is written in the way of schema %i, and undone to the byte',
    async (schema) => {
      await withEngine(
        async (room) => {
          const folder = schema >= 131 ? 'Containers' : 'Interactive Music Hierarchy';
          const root = room.project.model.byPath(`\\${folder}`);
          if (root === undefined) throw new Error(`no ${folder}`);
          const unit = room.project.createWorkUnit(root, 'Music');
          const files = () =>
            readdirSync(dirname(room.project.filePath), { recursive: true, encoding: 'utf8' })
              .filter((name) => name.endsWith('.wwu'))
              .map(
                (name) => [name, readFileSync(join(dirname(room.project.filePath), name), 'utf8')] as const,
              );
          const before = files();
          for (const audioFile of [wave, midi])
            expect(
              (await importMusic(room, { audioFile, objectPath: `${unit.id}\\<Music Segment>S` })).errors,
            ).toEqual([]);
          await room.call('project.save');
          const named = files().map(([name, text]) => [name, Buffer.from(text)] as const);
          expect(breachesOf(new Map(named))).toEqual([]);
          expect(checkProject(room.project.filePath).differences).toEqual([]);
          await room.call('undo.undo');
          await room.call('undo.undo');
          await room.call('project.save');
          expect(files()).toEqual(before);
        },
        (place) => withMusicHierarchy(writeEraProject(place, schema).projectPath, schema),
      );
    },
  );
});

describe('a MIDI file', () => {
  it('becomes a MIDI source and clip in a Music Track, as long as it plays', async () => {
    await withEngine(async (room) => {
      const done = await importMusic(room, { audioFile: midi, objectPath: `${home}\\<Music Segment>Song` });
      expect(done).toEqual({
        types: ['MidiFileSource', 'MusicClipMidi', 'MusicTrack', 'MusicSegment'],
        errors: [],
      });
      await room.call('project.save');
      const text = plain(workUnitText(room));
      // Four quarters at 120 a minute, four at 240.
      expect(text).toContain(
        '<MusicClipMidi Name="Melody" ID="{}">\n<PropertyList>\n<Property Name="EndTrimOffset" Type="Real64" Value="3000"/>',
      );
      expect(text).toContain('<MidiSourceRef Name="Melody" ID="{}"/>');
      expect(text).toContain(
        '<MidiFileSource Name="Melody" ID="{}" ShortID="1">\n<Language>SFX</Language>\n<MidiFile>Melody.mid</MidiFile>',
      );
    });
  });

  it('is in use as far as the Originals are concerned', async () => {
    await withEngine(async (room) => {
      await importMusic(room, { audioFile: midi, objectPath: `${home}\\<Music Segment>Song` });
      const originals = listOriginals(room.project, { folder: '', recursive: true });
      expect(originals.find(({ path }) => path.endsWith('.mid'))).toMatchObject({
        path: 'SFX\\Melody.mid',
        users: [{ type: 'MidiFileSource' }],
        isMissing: false,
      });
    });
  });

  it('is refused for a Sound, and when it is damaged, with the reason', async () => {
    await withEngine(async (room) => {
      const sound = await importMusic(room, { audioFile: midi, objectPath: `${home}\\<Sound SFX>X` });
      expect(sound.errors).toEqual([
        'A MIDI file goes into a Music Track or Music Segment, not into a Sound.',
      ]);
      const damaged = join(dir, 'Damaged.mid');
      for (const [bytes, reason] of [
        [midiBytes().subarray(0, 30), 'cut short'],
        [Buffer.from('not MIDI at all'), 'no MThd'],
        [Buffer.alloc(0), 'no MThd'],
      ] as const) {
        writeFileSync(damaged, bytes);
        const done = await importMusic(room, { audioFile: damaged, objectPath: `${home}\\<Music Segment>Y` });
        expect(done.errors[0]).toContain(reason);
      }
      expect(room.project.isDirty).toBe(false);
    });
  });

  it('is measured whatever its bytes are, or refused', () => {
    const file = join(dir, 'Odd.mid');
    const good = midiBytes();
    for (let at = 0; at < good.length; at++) {
      for (const byte of [0, 0x7f, 0x80, 0xff]) {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        writeFileSync(file, bytes);
        try {
          expect(midiDurationMs(file)).toBeGreaterThanOrEqual(0);
        } catch (refused) {
          expect(String(refused)).toContain('is not a MIDI file that can be read');
        }
      }
    }
  });
});
