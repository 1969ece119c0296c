import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asJsonArray, type JsonObject } from '../../../../src/core/json.ts';
import type { OpenedProject } from '../../../../src/embedded/project/opened-project.ts';
import { printWwu } from '../../../../src/embedded/wwu/print.ts';
import { type EngineRoom, withEngine } from '../../../harness/engine.ts';
import { turnsOfOthers } from '../../../harness/long-turns.ts';

const home = '\\Containers\\Default Work Unit';
const many = 3_000;
/** So many turns at least are left to others by a change of that many objects; by a move, which touches few of them, fewer. */
const turnsLeft = 20;
const turnsOfMove = 5;

/** A folder of thousands of Sounds, some of them nested, to which an Event refers. */
async function makeMany({ call }: EngineRoom): Promise<string> {
  const nested = { type: 'ActorMixer', name: 'Nested' };
  const children = Array.from({ length: many / 2 }, (_, at) => ({ type: 'Sound', name: `Sound ${at}` }));
  const made = await call('object.set', {
    objects: [
      {
        object: home,
        children: [
          { type: 'Folder', name: 'Other' },
          { type: 'Folder', name: 'Many', children: [...children, { ...nested, children }] },
        ],
      },
    ],
  });
  const [entry] = asJsonArray(made.objects);
  const [, folder] = asJsonArray(Object(entry).children);
  await call('object.set', {
    objects: [
      {
        object: '\\Events\\Default Work Unit',
        children: [
          {
            type: 'Event',
            name: 'Play_some',
            children: [0, 1, 2].map((at) => ({
              ...{ type: 'Action', name: '', '@ActionType': 1 },
              '@Target': `${home}\\Many\\Sound ${at}`,
            })),
          },
        ],
      },
    ],
  });
  return String(Object(folder).id);
}

const bytesOf = ({ files }: OpenedProject): readonly string[] =>
  files.map(({ document }) => digest(printWwu(document)));

/** Short, since a difference is printed. */
const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

describe('a change of thousands of objects', () => {
  it('gives others their turn, and so do its undo and redo, which put every byte back', () =>
    withEngine(async (room) => {
      const { call, project } = room;
      const folder = await makeMany(room);
      const changes: readonly (readonly [string, JsonObject])[] = [
        ['object.move', { object: folder, parent: `${home}\\Other` }],
        ['object.copy', { object: folder, parent: home, onNameConflict: 'rename' }],
        ['object.copy', { object: folder, parent: `${home}\\Other`, onNameConflict: 'replace' }],
        ['object.delete', { object: folder }],
      ];
      for (const [uri, args] of changes) {
        const isMove = uri === 'object.move';
        const before = bytesOf(project);
        expect(await turnsOfOthers(() => call(uri, args))).toBeGreaterThan(isMove ? turnsOfMove : turnsLeft);
        const after = bytesOf(project);
        expect(after).not.toEqual(before);
        expect(await turnsOfOthers(() => call('undo.undo'))).toBeGreaterThan(isMove ? 0 : turnsLeft);
        expect(bytesOf(project)).toEqual(before);
        expect(await turnsOfOthers(() => call('undo.redo'))).toBeGreaterThan(isMove ? 0 : turnsLeft);
        expect(bytesOf(project)).toEqual(after);
        await call('undo.undo');
      }
      await call('project.save');
      await expect(call('object.get', { waql: `$ "${folder}"` })).resolves.toMatchObject({
        return: [{ id: folder }],
      });
    }));

  it('that fails in the end gives others their turn while it is undone', () =>
    withEngine(async (room) => {
      const { call, project } = room;
      await makeMany(room);
      const before = bytesOf(project);
      const children = Array.from({ length: many }, (_, at) => ({ type: 'Sound', name: `New ${at}` }));
      const failing = call('object.set', {
        objects: [{ object: home, children: [...children, { type: 'Nonsense', name: 'X' }] }],
      });
      const turns = await turnsOfOthers(() => failing.catch(() => undefined));
      await expect(failing).rejects.toThrow('Nonsense');
      expect(turns).toBeGreaterThan(turnsLeft);
      expect(bytesOf(project)).toEqual(before);
    }));

  it('is described, and rolled back by its description, in turns', () =>
    withEngine(async (room) => {
      const { project } = room;
      const folder = await makeMany(room);
      const session = room.openSession();
      const done = async (uri: string, args: JsonObject): Promise<readonly JsonObject[]> => {
        let kept: readonly JsonObject[] | null = null;
        const call = session.call(`ak.wwise.core.${uri}`, args, {}, undefined, (steps) => {
          kept = steps;
        });
        expect(await turnsOfOthers(() => call)).toBeGreaterThan(turnsOfMove);
        return kept ?? [];
      };
      for (const [uri, args] of [
        ['object.move', { object: folder, parent: `${home}\\Other` }],
        ['object.copy', { object: folder, parent: home, onNameConflict: 'rename' }],
        ['object.delete', { object: folder }],
      ] as const) {
        const before = bytesOf(project);
        const steps = JSON.parse(JSON.stringify(await done(uri, args)));
        expect(steps).toHaveLength(1);
        expect(bytesOf(project)).not.toEqual(before);
        let refusal: string | null = '';
        const turns = await turnsOfOthers(async () => {
          refusal = await session.restoring.restore(steps);
        });
        expect(refusal).toBeNull();
        expect(turns).toBeGreaterThan(turnsOfMove);
        expect(bytesOf(project)).toEqual(before);
      }
    }));

  it('shows others a project that holds together, and says that they may see a part of it', () =>
    withEngine(async (room) => {
      const { call } = room;
      const folder = await makeMany(room);
      const other = room.openSession();
      other.takeNotices();
      const sounds = async (): Promise<number> => {
        const query = { waql: '$ from type Sound where path : "Many"' };
        const found = await other.call('ak.wwise.core.object.get', query, { return: ['path', 'parent.id'] });
        return asJsonArray(found.return).length;
      };
      const seen: number[] = [];
      await turnsOfOthers(async () => {
        const gone = call('object.delete', { object: folder });
        seen.push(await sounds());
        await gone;
      });
      expect(seen[0]).toBeLessThanOrEqual(many);
      expect(await sounds()).toBe(0);
    }));

  it('is nothing of what is unsaved until it is done', () =>
    withEngine(async (room) => {
      const { call, project, engine } = room;
      const folder = await makeMany(room);
      await call('project.save');
      await call('object.setNotes', { object: folder, value: 'unsaved' });
      const unsaved = (): string => JSON.stringify(engine.unsaved()?.work.entries.length ?? 0);
      const contents = (): string =>
        project
          .unsavedWork()
          ?.entries.map(({ place, bytes }) => `${place} ${digest(bytes ?? '')}`)
          .join('\n') ?? '';
      for (const [uri, args] of [
        ['object.delete', { object: folder }],
        ['undo.undo', {}],
        ['undo.redo', {}],
      ] as const) {
        const was = contents();
        const seen: string[] = [];
        let looks = 0;
        await turnsOfOthers(async () => {
          const changing = call(uri, args);
          const isOver = changing.then(() => true);
          while (!(await Promise.race([isOver, new Promise((resolve) => setImmediate(resolve, false))])))
            if (looks++ % 40 === 3) seen.push(contents());
          await changing;
        });
        const now = contents();
        expect(now).not.toBe(was);
        expect(seen).toContain(was);
        expect(seen.filter((one) => one !== was && one !== now)).toEqual([]);
      }
      expect(unsaved()).not.toBe('0');
    }));
});
