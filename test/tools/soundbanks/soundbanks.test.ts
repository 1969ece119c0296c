import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';

describe('SoundBanks', () => {
  it('are created with inclusions, changed and read', () =>
    withProject(async ({ bus, done, refused }) => {
      const sound = await done('create_sound', {
        name: 'Boom',
        parentPath: '\\Containers\\Default Work Unit',
      });
      await done('create_event', { name: 'Play_Boom', targetPath: sound.id });
      const input = { name: 'Main', inclusions: [{ object: 'Event:Play_Boom', filter: ['events'] }] };
      const bank = await done('create_soundbank', input);
      expect(bank).toMatchObject({
        type: 'SoundBank',
        inclusions: [{ object: { name: 'Play_Boom', type: 'Event' }, filter: ['events'] }],
      });
      expect(await bus.dispatch('create_soundbank', input)).toMatchObject({ memo: 'hit' });
      const more = {
        soundbank: bank.id,
        inclusions: [{ object: sound.id }, { object: '\\Game Parameters' }],
      };
      const set = await done('set_inclusions', more);
      expect(set).toMatchObject({ refused: [{ object: '\\Game Parameters' }] });
      expect(set.inclusions).toHaveLength(2);
      expect(await done('get_inclusions', { soundbank: 'SoundBank:Main', limit: 1 })).toMatchObject({
        total: 2,
        cursor: expect.any(String),
      });
      const none = await done('set_inclusions', { soundbank: bank.id, operation: 'replace', inclusions: [] });
      expect(none.inclusions).toEqual([]);
      expect(await refused('get_inclusions', { soundbank: sound.id })).toMatchObject({
        code: 'INVALID_INPUT',
      });
    }));
});

describe('SoundBanks, when nothing of it can be included', () => {
  it('are not created, and keep what they have', () =>
    withProject(async ({ done, refused }) => {
      await done('create_game_parameter', { name: 'Heat' });
      const sound = await done('create_sound', {
        name: 'Boom',
        parentPath: '\\Containers\\Default Work Unit',
      });
      const wrong = [{ object: 'GameParameter:Heat' }];
      const failed = await refused('create_soundbank', { name: 'B', inclusions: wrong });
      expect(failed.hint).toContain('no SoundBank was created');
      expect(await done('query_waql', { query: '$ from type SoundBank' })).toMatchObject({ total: 0 });
      const bank = await done('create_soundbank', { name: 'B', inclusions: [{ object: sound.id }] });
      for (const operation of ['add', 'replace'])
        expect(
          await refused('set_inclusions', { soundbank: bank.id, operation, inclusions: wrong }),
        ).toMatchObject({ details: { refused: [{ object: 'GameParameter:Heat' }] } });
      expect(await done('get_inclusions', { soundbank: bank.id })).toMatchObject({ total: 1 });
    }));
});

describe('generate_soundbanks', () => {
  const uri = 'ak.wwise.core.soundbank.generate';

  it('returns the log with warnings first', () =>
    withScriptedWwise(
      {
        [uri]: () => ({
          logs: [
            { severity: 'Message', time: 1, messageId: '', message: 'done' },
            {
              severity: 'Warning',
              time: 2,
              messageId: 'X',
              message: 'RTPC is ignored',
              platform: { id: '{}', name: 'Windows' },
            },
          ],
        }),
      },
      async ({ done, refused, fake }) => {
        expect(await done('generate_soundbanks', { soundbanks: ['Main'], platforms: ['Windows'] })).toEqual({
          soundbanks: ['Main'],
          warnings: 1,
          omitted: 0,
          log: [
            { severity: 'Warning', time: 2, message: 'RTPC is ignored', platform: 'Windows' },
            { severity: 'Message', time: 1, message: 'done' },
          ],
        });
        expect(fake.calls.find((call) => call.uri === uri)?.args).toMatchObject({
          soundbanks: [{ name: 'Main' }],
          platforms: ['Windows'],
          writeToDisk: true,
        });
        expect(await refused('generate_soundbanks', { platforms: ['Amiga'] })).toMatchObject({
          code: 'INVALID_INPUT',
        });
      },
    ));

  it('fails with what the log says when it holds an error', () =>
    withScriptedWwise(
      { [uri]: () => ({ logs: [{ severity: 'Error', time: 1, messageId: '', message: 'Disk full.' }] }) },
      async ({ refused }) => {
        expect(await refused('generate_soundbanks', {})).toMatchObject({
          code: 'WAAPI_ERROR',
          error: expect.stringContaining('Disk full.'),
        });
      },
    ));
});

describe('check_delivery', () => {
  it('compares the banks on disk with the Events of the project', () =>
    withProject(async ({ done, dir, refused }) => {
      const sound = await done('create_sound', {
        name: 'Boom',
        parentPath: '\\Containers\\Default Work Unit',
      });
      const boom = await done('create_event', { name: 'Play_Boom', targetPath: sound.id });
      await done('create_event', { name: 'Play_Late', targetPath: sound.id });
      const folder = join(dir, 'banks');
      expect(await refused('check_delivery', { folder })).toMatchObject({ code: 'FILE_NOT_FOUND' });
      mkdirSync(join(folder, 'Windows'), { recursive: true });
      expect(await refused('check_delivery', { folder })).toMatchObject({ code: 'FILE_NOT_FOUND' });
      const { id } = await done('project_info', {});
      writeFileSync(
        join(folder, 'ProjectInfo.json'),
        JSON.stringify({ ProjectInfo: { Project: { GUID: id } } }),
      );
      const media = (Path: string) => ({ Id: '1', Streaming: 'false', Location: 'Loose', Path });
      const bank = {
        ShortName: 'Main',
        Language: 'SFX',
        Path: 'Main.bnk',
        Media: [media('Media/1.wem'), media('Media/2.wem')],
        Events: [
          { Name: 'Play_Boom', GUID: boom.id },
          { Name: 'Play_Gone', GUID: '{AAAAAAAA-0000-0000-0000-000000000000}' },
        ],
      };
      const info = { SoundBanksInfo: { Platform: 'Windows', SoundBanks: [bank] } };
      writeFileSync(join(folder, 'Windows', 'SoundbanksInfo.json'), JSON.stringify(info));
      mkdirSync(join(folder, 'Windows', 'Media'));
      writeFileSync(join(folder, 'Windows', 'Media', '1.wem'), 'x');
      const report = await done('check_delivery', { folder });
      expect(report).toMatchObject({ banks: 1, ok: false, total: 4 });
      expect(report.problems).toEqual([
        { kind: 'eventNotDelivered', what: 'Play_Late', where: '\\Events\\Default Work Unit\\Play_Late' },
        { kind: 'eventUnknown', what: 'Play_Gone', where: 'Main (Windows)' },
        { kind: 'bankFileMissing', what: 'Main.bnk', where: 'Main' },
        { kind: 'mediaMissing', what: 'Media/2.wem', where: 'Main' },
      ]);
      // A bank of another platform that lacks what the first one has.
      mkdirSync(join(folder, 'Linux'));
      const other = {
        SoundBanksInfo: { Platform: 'Linux', SoundBanks: [{ ...bank, Media: [], Events: [] }] },
      };
      writeFileSync(join(folder, 'Linux', 'SoundbanksInfo.json'), JSON.stringify(other));
      const both = await done('check_delivery', { folder });
      expect(both.problems).toEqual(
        expect.arrayContaining([
          {
            kind: 'eventNotDelivered',
            what: 'Play_Boom',
            where: '\\Events\\Default Work Unit\\Play_Boom (Linux)',
          },
          { kind: 'eventNotDelivered', what: 'Play_Late', where: '\\Events\\Default Work Unit\\Play_Late' },
        ]),
      );
      expect(await refused('check_delivery', {})).toMatchObject({
        code: 'FILE_NOT_FOUND',
        hint: expect.stringContaining('Generate'),
      });
      expect(await refused('check_delivery', { folder: '/etc' })).toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    }));
});
