import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importColumns } from '../../../src/embedded/audio/files/read-import-file.ts';
import { importTabDelimited } from '../../../tools/audio/import_tab_delimited.ts';
import { withProject } from '../../harness/project.ts';
import { writeTone } from '../../harness/wave.ts';

const home = '\\Containers\\Default Work Unit';
const mainBus = '\\Busses\\Default Work Unit\\Main Audio Bus';

describe('one call for one wish', () => {
  it.each(['audio_import', 'import_files', 'import_folder'])(
    '%s also sets values, bus, Event and bank',
    (command) =>
      withProject(async ({ done, dir }) => {
        const filePath = join(dir, 'wavs', 'Hit.wav');
        writeTone(filePath);
        await done('create_bus', { name: 'Sfx', parentPath: mainBus });
        await done('create_soundbank', { name: 'Main' });
        const where = {
          audio_import: { filePath },
          import_files: { files: [{ filePath }] },
          import_folder: { folderPath: join(dir, 'wavs') },
        }[command];
        const wish = {
          properties: { Volume: -6 },
          busPath: 'Bus:Sfx',
          event: 'Play_{name}',
          soundbank: 'SoundBank:Main',
        };
        const input = { ...where, parentPath: home, ...wish };
        expect(await done(command, input)).toMatchObject({
          events: [{ name: 'Play_Hit', type: 'Event' }],
          soundbank: { name: 'Main' },
          values: { Volume: -6, OverrideOutput: true, OutputBus: expect.stringContaining('Sfx') },
        });
        const expressions = ['@Volume', '@OverrideOutput', '@OutputBus'];
        const query = { query: '$ from type Sound', return: expressions };
        expect(await done('query_waql', query)).toMatchObject({
          objects: [{ '@Volume': -6, '@OverrideOutput': true, '@OutputBus': { name: 'Sfx' } }],
        });
        expect(await done('get_inclusions', { objectId: 'SoundBank:Main' })).toMatchObject({
          inclusions: [{ object: { name: 'Play_Hit' } }],
        });
        // The second time nothing is there twice.
        await done(command, input);
        expect(await done('list_event_actions', { objectId: 'Event:Play_Hit' })).toMatchObject({ total: 1 });
        expect(await done('query_waql', { query: 'from type Sound, Event' })).toMatchObject({ total: 2 });
      }),
  );

  it('imports nothing when the bus is not there, or a value is none', () =>
    withProject(async ({ done, refused, dir }) => {
      const filePath = join(dir, 'Hit.wav');
      writeTone(filePath);
      const input = { filePath, parentPath: home };
      expect((await refused('audio_import', { ...input, busPath: 'Bus:Gone' })).code).toBe(
        'OBJECT_NOT_FOUND',
      );
      const wrong = await refused('audio_import', { ...input, properties: { Volum: -6 } });
      expect(wrong.error).toContain('Nothing was imported');
      expect(await done('query_waql', { query: 'from type Sound' })).toMatchObject({ total: 0 });
    }));
});

describe('import_tab_delimited', () => {
  it('says which columns there are', () => {
    for (const column of [...Object.keys(importColumns), 'Property[Volume]', 'Reference[OutputBus]'])
      expect(importTabDelimited.description).toContain(column);
  });
});
