import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import type { OpenedProject } from '../../../src/embedded/project/opened-project.ts';
import { rowReader } from '../../../src/embedded/waql/return-row.ts';
import { runQuery } from '../../../src/embedded/waql/run-query.ts';
import { WaapiError } from '../../../src/wwise/connection/backend.ts';
import { copySample, samplesDir } from '../../harness/sample-project.ts';
import { sharedDir } from '../../harness/shared.ts';

interface WaqlCase {
  readonly id: string;
  readonly query: string;
  readonly valid: boolean;
  readonly certainty: string;
  readonly options?: { readonly return?: readonly string[] };
}

const casesFile = join(sharedDir, 'waapi/waql-cases.json');
const isThere = existsSync(casesFile) && existsSync(samplesDir);

describe.skipIf(!isThere)('WAQL on projects that Wwise saved (needs the shared references)', () => {
  const cases: readonly WaqlCase[] = isThere ? JSON.parse(readFileSync(casesFile, 'utf8')) : [];
  const samples = [
    ['godot-tests-2025.1', 'GodotTests.wproj'],
    ['gyms-2022.1', 'Gyms.wproj'],
    ['pywwise-2024.1', 'PyWwise.wproj'],
  ] as const;
  const projects = new Map<string, OpenedProject>();
  const folder = mkdtempSync(join(tmpdir(), 'waql-saved-'));

  beforeAll(async () => {
    for (const [name, file] of samples) {
      projects.set(name, await openProject(join(copySample(name, folder), file)));
    }
  });

  afterAll(() => {
    for (const project of projects.values()) project.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const modelOf = (name: string) => {
    const project = projects.get(name);
    if (project === undefined) throw new Error(`${name} is not open`);
    return project.model;
  };

  /** What a case ends with: undefined, or the error, which must be one that an agent can read. */
  function outcome(one: WaqlCase, name: string): WaapiError | undefined {
    const model = modelOf(name);
    try {
      const row = rowReader(model, one.options?.return ?? ['id', 'name'], {}, 'refuse');
      for (const object of runQuery(model, one.query)) row(object);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof WaapiError) return thrown;
      throw new Error(`${one.id} ${one.query}`, { cause: thrown });
    }
  }

  it.each(samples)('answers every valid case on %s unless it names an object that is not there', (name) => {
    const refused = cases
      .filter((one) => one.valid && one.certainty !== 'uncertain')
      .filter((one) => modelOf(name).version.year <= 2022 || !/\beffect[0-3]\b/i.test(one.query))
      .flatMap((one) => {
        const message = outcome(one, name)?.message ?? '';
        const isExpected =
          message === '' || /^Object not found \(\d+\)$|cannot be evaluated over project files/.test(message);
        return isExpected ? [] : [`${one.id} ${one.query}: ${message}`];
      });
    expect(refused).toEqual([]);
  });

  it.each(samples)('refuses every invalid case on %s', (name) => {
    const accepted = cases.filter((one) => !one.valid && outcome(one, name) === undefined);
    expect(accepted.map((one) => `${one.id} ${one.query}`)).toEqual([]);
  });

  it('knows a shared Metadata by its name, as Wwise does', () => {
    const model = modelOf('pywwise-2024.1');
    const metadata = model.byId('{3D9065E1-5A69-4129-B562-096AFDC5F54F}');
    if (metadata === undefined) throw new Error('there is one');
    expect(rowReader(model, ['shortId'], {}, 'refuse')(metadata)).toEqual({ shortId: 227449761 });
  });

  it.each(samples)('leaves members of other versions out of the rows of %s', (name) => {
    const model = modelOf(name);
    const [sound] = runQuery(model, 'from type Sound take 1');
    if (sound === undefined) throw new Error('there are some');
    const members = ['@RenderEffect0', '@Effect3', '@PositioningType', '@EnablePanner'];
    const row = rowReader(model, ['name', ...members], {}, 'refuse')(sound);
    expect(row.name).toBe(sound.name);
    if (model.version.year > 2022) expect(Object.keys(row)).toEqual(['name']);
  });

  it.each(samples)('runs every Query object of %s', (name) => {
    const model = modelOf(name);
    for (const query of model.ofType('Query'))
      expect(() => [...runQuery(model, `from query "${query.id}"`)], model.path(query)).not.toThrow();
  });

  it('finds the sources that a conversion makes Vorbis or PCM of by their Conversion', () => {
    const model = modelOf('godot-tests-2025.1');
    const folder = '\\Queries\\Factory Queries\\Audio Source\\Audio Source - Format =';
    const counts = ['Vorbis', 'PCM'].map(
      (codec) => [...runQuery(model, `from query "${folder} ${codec}"`)].length,
    );
    // Counted in its files: two sources below an OverrideConversion with the Conversion "Vorbis"; the main one is PCM.
    expect(counts).toEqual([2, 97]);
  });

  it('shows an RTPC by what it drives and what drives it, and takes names that start with a digit', () => {
    const model = modelOf('godot-tests-2025.1');
    const [rtpc] = runQuery(model, 'from type RTPC where owner.name = "Main Audio Bus"');
    if (rtpc === undefined) throw new Error('the bus has one');
    expect(model.path(rtpc)).toBe(
      '\\Busses\\Default Work Unit\\Main Audio Bus\\[RTPC: Bus Volume, GlobalParameterVolume]',
    );
    const [sound] = runQuery(model, 'from type Sound where 3DPosition = 0');
    if (sound === undefined) throw new Error('there are some');
    expect(rowReader(model, ['3DSpatialization', '@3DPosition'], {}, 'refuse')(sound)).toEqual({
      '3DSpatialization': 0,
      '@3DPosition': 0,
    });
  });

  it('knows the file of a music clip, and the roots and segments of music of 2022.1', () => {
    const model = modelOf('gyms-2022.1');
    const [clip] = runQuery(model, 'from type MusicClip where name = "ManyAssetsMediaMusic_6"');
    const [list] = runQuery(model, 'from type MusicPlaylistContainer');
    if (clip === undefined || list === undefined) throw new Error('there are some');
    expect(rowReader(model, ['originalRelativeFilePath'], {}, 'refuse')(clip)).toEqual({
      originalRelativeFilePath: 'SFX\\ManyAssets\\ManyAssetsMediaMusic_6.wav',
    });
    const segments = [5, 6, 7, 8, 9].map((number) => `ManyAssetsMediaMusic_${number}`);
    expect(rowReader(model, ['PlaylistRoot.children.Segment.name'], {}, 'refuse')(list)).toEqual({
      'PlaylistRoot.children.Segment.name': segments,
    });
  });

  it('runs the queries made of criteria that Wwise puts into every project', () => {
    const model = modelOf('godot-tests-2025.1');
    const found = (name: string) =>
      Array.from(model.ofType('Query'))
        .filter((query) => query.name === name)
        .flatMap((query) => Array.from(runQuery(model, `from query "${query.id}"`), (object) => object.name));
    expect(found('Sound = Voice')).toEqual(['LocalizedVoice', 'Language Name', 'Voice1', 'Voice2']);
    expect(found('Looping Sound')).toEqual(['Tone_150Hz_RTPC', 'LoopingSound']);
    expect(found('Tempo - Segment = 120 BPM')).toEqual(['InteractiveMusicSegment']);
    expect(found('Empty Switch Assignation')).toContain('ShortMediaSwitched');
  });

  it.each(samples)('knows the category roots of %s as Wwise shows them', (name) => {
    const model = modelOf(name);
    const [root] = runQuery(model, 'from object "{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}"');
    if (root === undefined) throw new Error('every project has this folder');
    const rootName = model.version.year >= 2025 ? 'Containers' : 'Actor-Mixer Hierarchy';
    expect(rowReader(model, ['id', 'name', 'type', 'path', 'workunitType'], {}, 'refuse')(root)).toEqual({
      id: '{5EA7BBF8-64C0-4A50-8821-A07E8BE21D68}',
      name: rootName,
      type: 'WorkUnit',
      path: `\\${rootName}`,
      workunitType: 'folder',
    });
  });

  it('finds as many objects through an index as by looking at each', () => {
    const model = modelOf('godot-tests-2025.1');
    const count = (waql: string) => Array.from(runQuery(model, waql)).length;
    expect(count('where type = "Sound"')).toBe(count('where type : "Sound" and !(type != "Sound")'));
    expect(count('where type = "Effect"')).toBe(count('from type Effect'));
    expect(count('"\\" select descendants')).toBe(count('where parent != null'));
  });
});
