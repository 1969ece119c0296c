import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { type ProjectRoom, withProject } from '../../harness/project.ts';
import { node } from '../harness.ts';

const containers = '\\Containers\\Default Work Unit';

interface Shared extends ProjectRoom {
  readonly unit: string;
  readonly eventsUnit: string;
  /** Runs these nodes one after the other; `meanwhile` once, right before the first call that names `when`. */
  run(
    nodes: readonly JsonObject[],
    onError: string,
    meanwhile: () => void,
    when?: string,
  ): Promise<JsonObject>;
  dispatch(command: string, input: JsonObject): Promise<unknown>;
  /** What the answers of the facades have said by now. */
  takeNotices(): readonly string[];
}

const marker = 'between two nodes';

/** A project on disk that others edit while a run is under way. */
function withShared(work: (room: Shared) => Promise<void>): Promise<void> {
  let meanwhile: (() => void) | undefined;
  let awaited = '';
  let takeNotices = (): readonly string[] => [];
  return withProject(
    async (room) => {
      const projectDir = dirname(room.projectPath);
      await room.done('create_sound', { name: 'Mine', parentPath: containers });
      await room.done('create_event', { name: 'Play_Mine', targetPath: `${containers}\\Mine` });
      await room.done('project_save', {});
      await work({
        ...room,
        unit: join(projectDir, 'Containers', 'Default Work Unit.wwu'),
        eventsUnit: join(projectDir, 'Events', 'Default Work Unit.wwu'),
        dispatch: (command, input) => room.bus.dispatch(command, input),
        takeNotices: () => takeNotices(),
        async run(nodes, onError, change, when = marker) {
          takeNotices();
          awaited = when;
          meanwhile = change;
          const ids = nodes.map(({ id }) => String(id));
          const edges = ids.slice(1).map((target, at) => ({ source: ids[at] ?? '', target }));
          const runner = createRunner({ bus: room.bus, log: silentLog });
          const result = await runner.run(compileWorkflow({ onError, nodes: [...nodes], edges }, room.bus));
          expect(meanwhile).toBeUndefined();
          return JSON.parse(JSON.stringify(result));
        },
      });
    },
    {
      wire(backend) {
        if ('takeNotices' in backend && typeof backend.takeNotices === 'function') {
          const { takeNotices: take } = backend;
          takeNotices = () => take();
        }
        return {
          ...backend,
          call(uri, args, ...more) {
            if (awaited !== '' && JSON.stringify(args).includes(awaited)) {
              meanwhile?.();
              meanwhile = undefined;
            }
            return backend.call(uri, args, ...more);
          },
        };
      },
    },
  );
}

const change = (path: string, from: string, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"${from}"`, `"${to}"`));

const notes = (id: string, object: string, text: string): JsonObject =>
  node(id, 'set_notes', { objectId: object, notes: text });

describe('a file that others change between two nodes of a run', () => {
  it('is read again before the next node, and edited as they left it', () =>
    withShared(async ({ run, done, eventsUnit }) => {
      const ended = await run(
        [
          node('a', 'create_sound', { name: 'Fresh', parentPath: containers }),
          notes('b', 'Event:Play_Theirs', marker),
        ],
        'stop',
        () => change(eventsUnit, 'Play_Mine', 'Play_Theirs'),
        'Play_Theirs',
      );
      expect(ended).toMatchObject({ ok: true });
      await done('project_save', {});
      const saved = readFileSync(eventsUnit, 'utf8');
      expect([saved.includes('"Play_Theirs"'), saved.includes(marker)]).toEqual([true, true]);
    }));

  it('is not edited in an undo group that was begun on another, and keeps what they wrote', () =>
    withShared(async ({ run, done, eventsUnit, unit }) => {
      const before = readFileSync(unit, 'utf8');
      const ended = await run(
        [
          node('a', 'delete_object', { objectId: `${containers}\\Mine`, confirm: true }),
          notes('b', 'Event:Play_Mine', marker),
        ],
        'rollback',
        () => change(eventsUnit, 'Play_Mine', 'Play_Theirs'),
      );
      expect(ended).toMatchObject({
        ok: false,
        code: 'FILE_CONFLICT',
        error: expect.stringContaining(`${eventsUnit} changed on disk`),
        details: { stopAt: 'b', rolledBack: ['a'], rollback: { verified: true } },
      });
      expect(readFileSync(eventsUnit, 'utf8')).toContain('"Play_Theirs"');
      expect(readFileSync(unit, 'utf8')).toBe(before);
      const { object } = await done('get_object', { objectId: 'Event:Play_Theirs' });
      expect(object).not.toBeNull();
    }));
});

describe('a run that rolls itself back after others changed a file that it had saved', () => {
  it('leaves their change, says what stays on disk, and ends in a conflict that names the file', () =>
    withShared(async ({ run, dispatch, takeNotices, unit, eventsUnit }) => {
      let theirs = ['', ''];
      const onDisk = (): string[] => [unit, eventsUnit].map((path) => readFileSync(path, 'utf8'));
      const ended = await run(
        [
          notes('event', 'Event:Play_Mine', 'ours'),
          node('made', 'create_sound', { name: 'Fresh', parentPath: containers }),
          node('saved', 'project_save', {}),
          notes('late', 'Event:Play_Mine', marker),
          notes('fails', `${containers}\\nowhere`, 'x'),
        ],
        'rollback',
        () => {
          change(unit, 'Mine', 'Theirs');
          theirs = onDisk();
        },
      );
      expect(ended).toMatchObject({
        ok: false,
        code: 'OBJECT_NOT_FOUND',
        details: {
          stopAt: 'fails',
          rolledBack: ['event', 'made', 'late'],
          notRolledBack: [{ node: 'saved', why: expect.stringContaining('What was saved stays on disk') }],
        },
      });
      expect(onDisk()).toEqual(theirs);
      expect(takeNotices().join()).toContain(`${unit} changed on disk and holds unsaved edits too`);
      // Saved again, it would be rolled back on disk too; but not over what others wrote.
      expect(await dispatch('project_save', {})).toMatchObject({
        ok: false,
        code: 'FILE_CONFLICT',
        details: { files: [unit] },
      });
      expect(onDisk()).toEqual(theirs);
      expect(await dispatch('project_reload', { discardUnsaved: true })).toMatchObject({ ok: true });
      for (const name of ['Theirs', 'Fresh'])
        expect(await dispatch('get_object', { objectId: `${containers}\\${name}` })).toMatchObject({
          ok: true,
        });
    }));
});
