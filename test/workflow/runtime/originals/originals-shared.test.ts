import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject, asString, type JsonObject } from '../../../../src/core/json.ts';
import type { WaapiBackend } from '../../../../src/wwise/connection/backend.ts';
import { type RunRoom, withRuns } from '../../../harness/runs.ts';
import { toneBytes } from '../../../harness/wave.ts';

const containers = '\\Containers\\Default Work Unit';

interface Shared extends RunRoom {
  /** Where the run put its file. */
  readonly original: string;
  /** Rolls the run back; `between` runs when Wwise has answered for the nth time who plays what. */
  rollBack(between?: { readonly answer: number; work(): Promise<unknown> | unknown }): Promise<JsonObject>;
  /** Another server's import of the same file. */
  importElsewhere(): Promise<unknown>;
  /** What lies in the folder of the file. */
  names(): readonly string[];
}

/** `work` gets a run that imported one file; another server works on the same Wwise. */
function withImport(work: (room: Shared) => Promise<void>, before?: Buffer): Promise<void> {
  let answers = 0;
  let wwise: WaapiBackend | undefined;
  let between: { readonly answer: number; work(): Promise<unknown> | unknown } | undefined;
  /** The wire: other servers' calls arrive between two of ours. */
  const wire = (backend: WaapiBackend): WaapiBackend => {
    wwise = backend;
    return {
      ...backend,
      call: async (uri, args, options) => {
        const answer = await backend.call(uri, args, options);
        if (!JSON.stringify(args ?? {}).includes('from type AudioFileSource, MidiFileSource')) return answer;
        answers += 1;
        const due = between;
        if (due?.answer !== answers) return answer;
        between = undefined;
        await due.work();
        return answer;
      },
      subscribe: (topic, options, onEvent) => backend.subscribe(topic, options, onEvent),
      close: () => backend.close(),
    };
  };
  return withRuns(
    async (room) => {
      const original = join(dirname(room.projectPath), 'Originals', 'SFX', 'step.wav');
      if (before !== undefined) {
        const first = join(room.dir, 'first', 'step.wav');
        mkdirSync(dirname(first), { recursive: true });
        writeFileSync(first, before);
        await room.done('audio_import', { filePath: first, parentPath: containers, name: 'Step' });
      }
      const target =
        before === undefined ? { parentPath: containers, name: 'Step' } : { objectId: `${containers}\\Step` };
      const { executionId } = await room.run({
        nodes: [{ id: 'import', type: 'audio_import', data: { filePath: room.wav, ...target } }],
      });
      await work({
        ...room,
        original,
        names: () => readdirSync(dirname(original)).sort(),
        importElsewhere: async () =>
          wwise?.call(
            'ak.wwise.core.audio.import',
            {
              importOperation: 'useExisting',
              default: { importLanguage: 'SFX' },
              imports: [{ audioFile: room.wav, objectPath: `${containers}\\<Sound SFX>Theirs` }],
            },
            {},
          ),
        rollBack: async (what) => {
          answers = 0;
          between = what;
          const result = await room.runs.rollback(executionId);
          expect(between).toBeUndefined();
          return asJsonObject(result.data ?? {});
        },
      });
    },
    { wire },
  );
}

const runWrote = () => toneBytes();

describe('an Original that somebody else comes to use while a run is rolled back', () => {
  it('is removed when nobody does, and leaves nothing beside it', () =>
    withImport(async ({ rollBack, names, original }) => {
      expect(await rollBack()).toMatchObject({ removedFiles: [original], verified: true });
      expect(names()).toEqual([]);
    }));

  it.each([1, 2])('stays when it is imported again right after answer %i to who plays it', (answer) =>
    withImport(async ({ rollBack, importElsewhere, names, original, done }) => {
      const report = await rollBack({ answer, work: importElsewhere });
      expect(names()).toEqual(['step.wav']);
      expect(readFileSync(original).equals(runWrote())).toBe(true);
      const { result } = await done('waapi_read', {
        uri: 'ak.wwise.core.object.get',
        args: { waql: '$ from type AudioFileSource' },
        options: { return: ['originalFilePath'] },
      });
      expect(asJsonObject(result)).toEqual({ return: [{ originalFilePath: original }] });
      if (answer === 1)
        expect(report).toMatchObject({
          removedFiles: [],
          notRolledBack: [
            { node: 'Originals', why: expect.stringContaining('a source of the project plays it') },
          ],
        });
    }),
  );

  it('stays, and is named, when it was written anew before the rollback', () =>
    withImport(async ({ rollBack, names, original }) => {
      const theirs = toneBytes({ frequencyHz: 1_234 });
      writeFileSync(original, theirs);
      expect(await rollBack()).toMatchObject({
        removedFiles: [],
        notRolledBack: [
          { node: 'Originals', why: expect.stringContaining('changed since the run by somebody else') },
        ],
        verified: false,
      });
      expect(names()).toEqual(['step.wav']);
      expect(readFileSync(original).equals(theirs)).toBe(true);
    }));

  it('stays when it is written anew after it was asked who plays it', () =>
    withImport(async ({ rollBack, names, original }) => {
      const theirs = toneBytes({ frequencyHz: 1_234 });
      const report = await rollBack({ answer: 1, work: () => writeFileSync(original, theirs) });
      expect(names()).toEqual(['step.wav']);
      expect(readFileSync(original).equals(theirs)).toBe(true);
      expect(report).toMatchObject({
        removedFiles: [],
        notRolledBack: [
          { node: 'Originals', why: expect.stringContaining('changed since the run by somebody else') },
        ],
      });
    }));

  it('is not what was put there while the run’s own was taken away', () =>
    withImport(async ({ rollBack, names, original }) => {
      const theirs = toneBytes({ frequencyHz: 1_234 });
      await rollBack({ answer: 2, work: () => writeFileSync(original, theirs, { flag: 'wx' }) });
      expect(names()).toEqual(['step.wav']);
      expect(readFileSync(original).equals(theirs)).toBe(true);
    }));

  it('has its name again after a rollback that was killed, and is removed by the next', () =>
    withImport(async ({ rollBack, names, original, stateDir }) => {
      const aside = join(dirname(original), '.step.wav.0.wwiseflow-held');
      const [record = ''] = readdirSync(stateDir, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('originals.json'))
        .map((name) => join(stateDir, name));
      const known = asJsonObject(JSON.parse(readFileSync(record, 'utf8')));
      writeFileSync(record, JSON.stringify({ ...known, aside: { [original]: aside } }));
      renameSync(original, aside);
      expect(await rollBack()).toMatchObject({ removedFiles: [original], verified: true });
      expect(names()).toEqual([]);
      expect(asString(JSON.parse(readFileSync(record, 'utf8')).root)).not.toBe('');
    }));
});

describe('an Original that a run overwrote', () => {
  const before = toneBytes({ frequencyHz: 220 });

  it('is again what it was', () =>
    withImport(async ({ rollBack, names, original }) => {
      expect(await rollBack()).toMatchObject({ restoredFiles: [original], verified: true });
      expect(readFileSync(original).equals(before)).toBe(true);
      expect(names()).toEqual(['step.wav']);
    }, before));

  it.each([0, 1, 2])('stays as it is for a source that came to play it (%i answers later)', (answer) =>
    withImport(async ({ rollBack, importElsewhere, names, original }) => {
      if (answer === 0) await importElsewhere();
      const report = await rollBack(answer === 0 ? undefined : { answer, work: importElsewhere });
      expect(names().filter((name) => !/^step(_\d+)?\.wav$/.test(name))).toEqual([]);
      // Who came while the run's file was away has written it anew.
      expect(readFileSync(original).equals(runWrote())).toBe(true);
      expect(report).toMatchObject({ restoredFiles: [], verified: false });
      expect(JSON.stringify(report)).toMatch(/did not before the run|written anew/);
    }, before),
  );

  it('stays when it is written anew at any moment', async () => {
    for (const answer of [1, 2])
      await withImport(async ({ rollBack, names, original }) => {
        const theirs = toneBytes({ frequencyHz: 1_234 });
        await rollBack({ answer, work: () => writeFileSync(original, theirs) });
        expect(readFileSync(original).equals(theirs)).toBe(true);
        expect(names()).toEqual(['step.wav']);
        expect(existsSync(original)).toBe(true);
      }, before);
  });
});
