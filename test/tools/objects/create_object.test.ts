import { describe, expect, it } from 'vitest';
import { withProject } from '../../harness/project.ts';

const parentPath = '\\Containers\\Default Work Unit';

describe('create_object', () => {
  it('creates a tree with properties, notes and references in one call', () =>
    withProject(async ({ done }) => {
      const steps = await done('create_object', {
        type: 'RandomSequenceContainer',
        name: 'Steps',
        parentPath,
        notes: 'Left and right',
        properties: { '@Volume': -6, OutputBus: '\\Busses\\Default Work Unit\\Main Audio Bus' },
        children: [
          { type: 'Sound', name: 'L' },
          {
            type: 'BlendContainer',
            name: 'R',
            children: [{ type: 'Sound', name: 'R1', properties: { Pitch: 100 } }],
          },
        ],
      });
      expect(steps).toMatchObject({
        type: 'RandomSequenceContainer',
        path: `${parentPath}\\Steps`,
        objectId: steps.id,
      });
      const paths = (steps.children as readonly { path: string }[]).map(({ path }) =>
        path.slice(parentPath.length),
      );
      expect(paths.sort()).toEqual(['\\Steps\\L', '\\Steps\\R', '\\Steps\\R\\R1']);
      const read = await done('get_object', { objectId: `${parentPath}\\Steps`, return: ['@Volume'] });
      expect(read).toMatchObject({ notes: 'Left and right', values: { '@Volume': -6 }, childrenCount: 2 });
    }));

  it('knows Actor-Mixers by their old and new name', () =>
    withProject(async ({ done }) => {
      const old = await done('create_object', { type: 'ActorMixer', name: 'A', parentPath });
      const now = await done('create_object', { type: 'PropertyContainer', name: 'B', parentPath });
      expect([old.type, now.type]).toEqual(['PropertyContainer', 'PropertyContainer']);
    }));

  it('finds the wrong type or property, also in a child', () =>
    withProject(async ({ refused, done }) => {
      const wrongType = await refused('create_object', { type: 'Sond', name: 'X', parentPath });
      expect(wrongType).toMatchObject({ code: 'INVALID_INPUT', details: { candidates: ['Sound'] } });
      const wrongProperty = await refused('create_object', {
        type: 'BlendContainer',
        name: 'X',
        parentPath,
        children: [{ type: 'Sound', name: 'Y', properties: { Volumee: -3 } }],
      });
      expect(wrongProperty.code).toBe('UNKNOWN_PROPERTY');
      expect(wrongProperty.error).toContain('Did you mean "Volume"');
      expect(await done('query_waql', { query: 'from type BlendContainer' })).toMatchObject({ total: 0 });
    }));

  it('says where in the tree a key is unknown', () =>
    withProject(async ({ refused }) => {
      const children = [{ type: 'Sound', name: 'A', children: [{ type: 'Sound', name: 'B', note: 'x' }] }];
      const failure = await refused('create_object', {
        type: 'BlendContainer',
        name: 'X',
        parentPath,
        children,
      });
      expect(failure.details?.problems).toEqual([
        {
          path: '/children/0/children/0/note',
          message: 'is not a known input; did you mean notes',
          didYouMean: ['notes'],
        },
      ]);
    }));
});
