import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/core/json.ts';
import { childByName, freeChildName } from '../../../../src/embedded/model/naming/sibling-names.ts';
import { amount } from '../../../harness/amount.ts';
import { withEngine } from '../../../harness/engine.ts';
import { generator, pick } from '../../../harness/fuzz/values.ts';
import { turnsOfOthers } from '../../../harness/long-turns.ts';

const home = '\\Containers\\Default Work Unit';
/** Enough that the names are looked up in a table. */
const many = 80;
const edits = amount(150, 2_000);

describe('the children of an object that has many', () => {
  it('are found by name and path after any edit, as a look at each of them finds them', () =>
    withEngine(async ({ call, project }) => {
      const { model } = project;
      const parent = String((await call('object.create', { parent: home, type: 'Folder', name: 'Many' })).id);
      const other = String((await call('object.create', { parent: home, type: 'Folder', name: 'Other' })).id);
      const children = Array.from({ length: many }, (_, at) => ({ type: 'Sound', name: `Name ${at}` }));
      await call('object.set', { objects: [{ object: parent, children }] });
      const random = generator(7);
      const name = (): string => `${pick(['Name', 'name', 'N'], random)} ${Math.floor(random() * many)}`;
      const sound = (of = parent): string => {
        const found = model.byId(of)?.children ?? [];
        return found.length === 0 ? of : pick(found, random).id;
      };
      const conflict = (): JsonObject => ({ onNameConflict: pick(['rename', 'replace', 'merge'], random) });
      const kinds: readonly (() => Promise<unknown>)[] = [
        () => call('object.create', { parent, type: 'Sound', name: name(), ...conflict() }),
        () => call('object.setName', { object: sound(), value: name() }),
        () => call('object.delete', { object: sound() }),
        () => call('object.move', { object: sound(), parent: other, onNameConflict: 'rename' }),
        () => call('object.move', { object: sound(other), parent, onNameConflict: 'rename' }),
        () => call('object.copy', { object: sound(), parent, onNameConflict: 'rename' }),
        () =>
          call('object.set', { objects: [{ object: parent, children: [{ type: 'Sound', name: name() }] }] }),
        () => call('undo.undo'),
        () => call('undo.redo'),
      ];
      for (let edit = 0; edit < edits; edit++) {
        // Some are refused: a name that is taken, nothing to redo.
        await pick(kinds, random)().catch(() => undefined);
        const holder = model.byId(parent);
        if (holder === undefined) throw new Error('the parent is gone');
        for (let at = 0; at < many; at += 7) {
          const wanted = `NAME ${at}`;
          const same = holder.children.filter((child) => child.name.toUpperCase() === wanted);
          expect(childByName(holder, wanted)).toBe(same[0]);
          if (same[0] !== undefined) expect(childByName(holder, wanted, same[0])).toBe(same[1]);
          expect(same.length === 0 || freeChildName(wanted, holder, () => false) !== wanted).toBe(true);
        }
        for (const child of holder.children) expect(model.byPath(model.path(child))).toBe(child);
      }
      expect(model.byId(parent)?.children.length).toBeGreaterThan(64);
    }));

  it('are set by the thousand while others get their turn', () =>
    withEngine(async ({ call }) => {
      const children = Array.from({ length: 5_000 }, (_, at) => ({ type: 'Sound', name: `S ${at}` }));
      const set = () => call('object.set', { objects: [{ object: home, children }] });
      expect(await turnsOfOthers(set)).toBeGreaterThan(20);
    }));
});
