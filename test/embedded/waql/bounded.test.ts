import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import type { ProjectModel } from '../../../src/embedded/model/model.ts';
import { openProject } from '../../../src/embedded/project/open-project.ts';
import { resolveSpec } from '../../../src/embedded/waql/evaluate/compile/object-spec.ts';
import { sample } from '../../harness/amount.ts';
import { withProject } from '../../harness/project.ts';

const doubled = Array(30).fill('select this, this').join(' ');
const doubledPath = Array(30).fill('[this, this]').join('.');

it('a query that looks at more than any project holds is refused with the place, and the next one is answered', () =>
  withProject(async ({ refused, done }) => {
    const queries = [
      `$ from type Bus ${doubled}`,
      `$ from type Bus where ${doubledPath}.count() > 3`,
      `$ ${Array(8).fill('select descendants, ancestors').join(' ')} orderby name`,
      `$ from type Bus ${Array(500).fill('where true').join(' ')}`,
    ];
    for (const waql of sample(queries, 2)) {
      const failure = await refused('query_waql', { query: waql });
      expect(failure).toMatchObject({ code: 'QUERY_TOO_LARGE', details: { position: expect.any(Number) } });
    }
    const lookaround = await refused('query_waql', { query: '$ from type Bus where name = /(?=M)/' });
    expect(lookaround).toMatchObject({ code: 'INVALID_QUERY', error: expect.stringContaining('(?=') });
    await done('query_waql', { query: '$ from type Bus where name = /^(M+)+x$/' });
  }));

it('children nested thousands of levels deep are refused as input, by the bus and by the engine', () =>
  withProject(async ({ refused, waapi }) => {
    let child: JsonObject = { type: 'Folder', name: 'last' };
    for (let level = 0; level < 4_000; level++) child = { type: 'Folder', name: 'a', children: [child] };
    const parent = '\\Containers\\Default Work Unit';
    const failure = await refused('create_object', { parent, ...child });
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', error: expect.stringContaining('levels') });
    await expect(waapi.call('ak.wwise.core.object.create', { parent, ...child })).rejects.toMatchObject({
      code: 'WAAPI_ERROR',
      message: expect.stringContaining('levels'),
    });
  }));

it('a rename with an expression that needs trying out is refused, and a number has a sensible width', () =>
  withProject(async ({ refused }) => {
    const query = '$ from type Bus';
    const failure = await refused('rename_by_pattern', { query, find: '(a)\\1', regex: true, replace: '' });
    expect(failure).toMatchObject({ code: 'INVALID_INPUT', error: expect.stringContaining('\\1') });
    const wide = await refused('rename_by_pattern', { query, template: '{name}{n:0999999999}' });
    expect(wide).toMatchObject({ code: 'INVALID_INPUT' });
  }));

it('the name of an object that lies thousands of levels deep is looked up a few times only, to be refused', () =>
  withProject(async ({ projectPath, refused }) => {
    const project = await openProject(projectPath, { lock: false });
    let lookUps = 0;
    const model: ProjectModel = {
      ...project.model,
      byPath(path) {
        lookUps++;
        return project.model.byPath(path);
      },
    };
    const text = `\\Containers\\Default Work Unit${'\\a'.repeat(8_000)}`;
    expect(() => resolveSpec(model, { text, position: 1 })).toThrow('Object not found (1)');
    expect(lookUps).toBeLessThan(20);
    const failure = await refused('query_waql', { query: `$ "${text}"` });
    expect(failure).toMatchObject({ details: { ancestor: '\\Containers\\Default Work Unit', missing: 'a' } });
  }));
