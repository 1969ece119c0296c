import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { type WaapiBackend, WaapiError } from '../../src/wwise/connection/backend.ts';
import { withProject } from '../harness/project.ts';
import { copySample, samplesDir } from '../harness/sample-project.ts';
import { writeTone } from '../harness/wave.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wwiseflow-samples-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!existsSync(samplesDir))(
  'on a project that Wwise saved (needs the shared sample projects)',
  () => {
    it.each([
      ['gyms-2022.1', 'Gyms.wproj', '\\Actor-Mixer Hierarchy', '\\Master-Mixer Hierarchy', 'ActorMixer'],
      [
        'pywwise-2024.1',
        'PyWwise.wproj',
        '\\Actor-Mixer Hierarchy',
        '\\Master-Mixer Hierarchy',
        'ActorMixer',
      ],
      ['godot-tests-2025.1', 'GodotTests.wproj', '\\Containers', '\\Busses', 'PropertyContainer'],
    ])(
      '%s: the main job works, with the names of any year',
      (sample, file, containers, busses, mixerType) => {
        const projectPath = join(copySample(sample, folder), file);
        return withProject(
          async ({ done, dir, bus }) => {
            writeTone(join(dir, 'boom.wav'));
            for (const [name, root] of [
              ['Old', '\\Actor-Mixer Hierarchy'],
              ['New', '/Containers'],
            ] as const) {
              const parentPath = `${root}\\Default Work Unit`;
              const sound = await done('create_sound', { name, parentPath });
              expect(sound.path).toBe(`${containers}\\Default Work Unit\\${name}`);
              await done('audio_import', { filePath: 'boom.wav', objectId: String(sound.id) });
            }
            for (const root of ['\\Master-Mixer Hierarchy', '\\Busses']) {
              const unit = `${root}\\Default Work Unit`;
              const main = await done('query_waql', {
                query: `"${unit}" select children where type = "Bus"`,
              });
              const [mainBus] = main.objects as readonly { path: string; name: string }[];
              const busPath = `${unit}\\${String(mainBus?.name)}`;
              const routed = await done('set_output_bus', {
                objectId: `${containers}\\Default Work Unit\\Old`,
                busPath,
              });
              expect(routed.bus).toMatchObject({
                path: `${busses}\\Default Work Unit\\${String(mainBus?.name)}`,
              });
            }
            for (const [name, type] of [
              ['M1', 'ActorMixer'],
              ['M2', 'PropertyContainer'],
            ] as const) {
              const mixer = await done('create_object', {
                type,
                name,
                parentPath: '\\Containers\\Default Work Unit',
              });
              expect(mixer.type).toBe(mixerType);
              const again = { type, name, parentPath: '\\Containers\\Default Work Unit' };
              expect(await bus.dispatch('create_object', again)).toMatchObject({ memo: 'hit' });
            }
            await done('create_event', {
              name: 'Play_It',
              targetPath: '\\Containers\\Default Work Unit\\New',
            });
            const { savedFiles } = await done('project_save', {});
            expect((savedFiles as readonly string[]).length).toBeGreaterThanOrEqual(2);
          },
          { projectPath },
        );
      },
    );
  },
);

describe('on Wwise 2021.1', () => {
  it('learns the project from its objects, and routes with two calls in an undo group', () => {
    const calls: { uri: string; args: JsonObject }[] = [];
    return withProject(
      async ({ done, bus }) => {
        const { id } = await done('create_sound', {
          name: 'Boom',
          parentPath: '\\Containers\\Default Work Unit',
        });
        const info = await done('project_info', {});
        expect(info).toMatchObject({ name: 'Test', year: 2021, platforms: ['Windows'], isDirty: null });
        expect(info.originalsDir).toMatch(/project.Originals$/);
        const input = { objectId: String(id), busPath: 'Bus:Main Audio Bus' };
        await done('set_output_bus', input);
        const changes = calls
          .map(({ uri }) => uri.replace('ak.wwise.core.', ''))
          .filter((uri) => /undo|set/.test(uri));
        expect(changes).toEqual([
          'undo.beginGroup',
          'object.setProperty',
          'object.setReference',
          'undo.endGroup',
        ]);
        expect(await bus.dispatch('set_output_bus', input)).toMatchObject({ memo: 'hit' });
      },
      { wire: (backend) => asOf2021(backend, calls) },
    );
  });
});

/** The engine dressed as Wwise 2021.1, as far as functions go: no getProjectInfo, no object.set, the version it gives. */
function asOf2021(backend: WaapiBackend, calls: { uri: string; args: JsonObject }[]): WaapiBackend {
  return {
    ...backend,
    async call(uri, args, options) {
      calls.push({ uri, args });
      if (uri === 'ak.wwise.core.getProjectInfo' || uri === 'ak.wwise.core.object.set') {
        throw new WaapiError('ak.wwise.invalid_arguments', 'The procedure URI is unknown.', {
          procedureUri: uri,
        });
      }
      if (uri === 'ak.wwise.core.getInfo') return { version: { displayName: 'v2021.1.14', year: 2021 } };
      // The project on disk is of 2025: its root folders have the new names.
      const text = JSON.stringify(args).replaceAll('Actor-Mixer Hierarchy', 'Containers');
      const renamed: JsonObject = JSON.parse(text);
      return backend.call(uri, renamed, options);
    },
  };
}
