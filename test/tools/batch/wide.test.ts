import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MOST_UNASKED } from '../../../src/core/dispatch/checks/confirmation.ts';
import { silentLog } from '../../../src/core/log.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { createRunner } from '../../../src/workflow/runtime/runner.ts';
import { commands } from '../../../tools/catalog.ts';
import { withProject } from '../../harness/project.ts';

const home = '\\Containers\\Default Work Unit';
const many = MOST_UNASKED + 1;
const children = Array.from({ length: many }, (_, at) => ({ type: 'Sound', name: `s${at}` }));
const container = { type: 'Folder', name: 'All', parentPath: home, children };
const query = `$ "${home}\\All" select children`;
const quieter = { query, properties: { Volume: -6 } };

describe('a call that would change more objects than anybody named', () => {
  it('asks first, changes nothing, and does it once it is confirmed', () =>
    withProject(async ({ done, refused }) => {
      await done('create_object', container);
      const refusal = await refused('set_many', quieter);
      expect(refusal).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
        error: `set_many would change ${many} objects at once.`,
        details: { total: many, confirmBy: { confirm: true } },
      });
      const loud = { waql: `${query} where Volume = 0`, limit: 1 };
      expect(await done('query_waql', { query: loud.waql })).toMatchObject({ total: many });
      expect(await done('set_many', { ...quieter, preview: true })).toMatchObject({ total: many });
      expect(await done('set_many', { ...quieter, confirm: true })).toMatchObject({
        ...{ total: many, changed: true },
      });
      const renaming = { query, find: 's', replace: 't' };
      expect(await refused('rename_by_pattern', renaming)).toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
      expect(await refused('delete_object', { objectIds: [`${home}\\All`] })).toMatchObject({
        ...{ code: 'CONFIRMATION_REQUIRED', error: expect.stringContaining(`${many + 1} objects at once`) },
      });
      expect(await done('delete_object', { objectIds: [`${home}\\All`], confirm: true })).toMatchObject({
        descendants: many,
      });
    }));

  it('is not asked about as a part of a workflow, nor where it is narrow', () =>
    withProject(async ({ done, bus }) => {
      await done('create_object', container);
      const few = { query: `${query} where name = "s1" or name = "s2"`, properties: { Volume: -3 } };
      expect(await done('set_many', few)).toMatchObject({ total: 2 });
      const plan = compileWorkflow(
        { workflowId: 'w', nodes: [{ id: 'a', type: 'setMany', data: quieter }] },
        bus,
      );
      expect(await createRunner({ bus, log: silentLog }).run(plan)).toMatchObject({ ok: true });
    }));

  it('takes no confirmation that is none, and no other call takes one', () =>
    withProject(async ({ done, refused }) => {
      await done('create_object', container);
      expect(await refused('set_many', { ...quieter, confirm: 'maybe' })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await refused('set_many', { ...quieter, confirm: false })).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
      });
      const sound = { name: 'x', parentPath: home, confirm: true };
      expect(await refused('create_sound', sound)).toMatchObject({ code: 'INVALID_INPUT' });
    }));
});

describe('every command', () => {
  /** One undo restores it, and one object was named. */
  const narrow = ['remove_effect', 'remove_rtpc'];

  it('that destroys can be confirmed, or destroys one named thing only', () => {
    const destroying = commands.filter(({ effect }) => effect === 'destroy');
    const asking = destroying.filter(({ input }) => input instanceof z.ZodObject && 'confirm' in input.shape);
    expect(
      destroying
        .filter((one) => !asking.includes(one))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(narrow);
  });

  it('that changes what a query finds, or what has the names of other things, asks when that is much', () => {
    const found = commands.filter(
      ({ effect, input }) => effect === 'update' && input instanceof z.ZodObject && 'query' in input.shape,
    );
    const byNames = ['replace_audio_by_name', 'sync_by_path'];
    expect(
      commands
        .filter(({ asksWhenWide }) => asksWhenWide === true)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...found.map(({ name }) => name), ...byNames].sort());
    expect(found.map(({ name }) => name).sort()).toEqual(['rename_by_pattern', 'set_many']);
  });
});
