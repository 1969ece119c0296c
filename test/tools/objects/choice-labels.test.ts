import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { freshProject } from '../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../harness/mcp-room.ts';
import { withScriptedWwise } from '../../harness/scripted-wwise.ts';
import { newTempDir } from '../../harness/temp-dir.ts';

const top = '\\Containers\\Default Work Unit';
const steps = `${top}\\Steps`;

describe('the label of a choice', () => {
  it('is taken for its number by every command that sets properties', () =>
    inProject(async ({ done }) => {
      const value = async (objectId: string, property: string) => {
        const { objects } = await done('query_waql', { query: `$ "${objectId}"`, return: [`@${property}`] });
        return asJsonObject(Array.isArray(objects) ? objects[0] : undefined)[`@${property}`];
      };
      expect(
        await done('set_property', { objectId: steps, property: 'RandomOrSequence', value: 'Sequence' }),
      ).toMatchObject({
        value: 0,
        previousValue: 1,
      });
      await done('set_property', { objectId: steps, property: 'randomorsequence', value: 'random' });
      expect(await value(steps, 'RandomOrSequence')).toBe(1);

      const many = { query: `$ "${steps}"`, properties: { RandomOrSequence: 'Sequence', Volume: -2 } };
      expect(await done('set_many', { ...many, preview: true })).toMatchObject({
        objects: [{ after: { RandomOrSequence: 0 } }],
      });
      expect(await done('set_many', many)).toMatchObject({ total: 1, failed: [] });
      expect(await done('set_many', many)).toMatchObject({ total: 0, unchanged: 1 });

      const inside = {
        type: 'RandomSequenceContainer',
        name: 'Inner',
        properties: { '@RandomOrSequence': 'sequence' },
      };
      expect(
        await done('set_objects', {
          objects: [{ object: steps, properties: { RandomOrSequence: 'Random' }, children: [inside] }],
        }),
      ).toMatchObject({ notKept: [] });
      expect(await value(steps, 'RandomOrSequence')).toBe(1);
      expect(await value(`${steps}\\Inner`, 'RandomOrSequence')).toBe(0);

      await done('create_object', {
        type: 'RandomSequenceContainer',
        name: 'Made',
        parentPath: top,
        properties: { RandomOrSequence: 'Sequence' },
        children: [
          { type: 'Sound', name: 'Below', properties: { '3DSpatialization': 'Position + Orientation' } },
        ],
      });
      expect(await value(`${top}\\Made`, 'RandomOrSequence')).toBe(0);
      expect(await value(`${top}\\Made\\Below`, '3DSpatialization')).toBe(2);

      const effect = await done('add_effect', {
        objectId: steps,
        plugin: 'Wwise Parametric EQ',
        parameters: { FilterTypeBand1: 'Low Shelf' },
      });
      const { effectId } = asJsonObject(effect.effect);
      expect(await value(String(effectId), 'FilterTypeBand1')).toBe(4);
      await done('set_effect_parameters', {
        objectId: effectId ?? '',
        parameters: { FilterTypeBand1: 'Notch' },
      });
      expect(await value(String(effectId), 'FilterTypeBand1')).toBe(3);

      const event = await done('create_event', {
        name: 'Stop_Steps',
        actions: [{ type: 'Stop', targetPath: steps, properties: { Scope: 'Global' } }],
      });
      expect(await value(`${String(event.path)}\\[Stop - Steps]`, 'Scope')).toBe(1);
    }));

  it('is remembered as what it stands for', () =>
    inProject(async ({ call, done }) => {
      const tree = {
        type: 'RandomSequenceContainer',
        name: 'Made',
        parentPath: top,
        properties: { RandomOrSequence: 'Sequence' },
        children: [{ type: 'Sound', name: 'Below', properties: { '3DSpatialization': 'Position' } }],
      };
      const event = {
        name: 'Stop_Steps',
        actions: [{ type: 'Stop', targetPath: steps, properties: { Scope: 'Global' } }],
      };
      const value = { objectId: steps, property: 'RandomOrSequence', value: 'Sequence' };
      for (const [tool, input] of [
        ['create_object', tree],
        ['create_event', event],
        ['set_property', value],
      ] as const) {
        expect({ tool, ...(await call(tool, input)) }).toMatchObject({ tool, ok: true, memo: 'miss' });
        expect({ tool, ...(await call(tool, input)) }).toMatchObject({ tool, ok: true, memo: 'hit' });
      }
      await done('set_property', { ...value, value: 'Random' });
      expect(await call('set_property', value)).toMatchObject({ ok: true, memo: 'stale' });
    }));

  it('that is none is answered with all choices, by number and label, whoever asks', () =>
    inProject(async ({ call }) => {
      const wrong: [tool: string, input: JsonObject][] = [
        ['set_property', { objectId: steps, property: 'RandomOrSequence', value: 'Shuffled' }],
        ['set_property', { objectId: steps, property: 'RandomOrSequence', value: 7 }],
        ['set_many', { query: `$ "${steps}"`, properties: { RandomOrSequence: 'Shuffled' } }],
        ['set_objects', { objects: [{ object: steps, properties: { RandomOrSequence: 'Shuffled' } }] }],
        ['set_objects', { objects: [{ object: steps, properties: { RandomOrSequence: 7 } }] }],
        [
          'create_object',
          {
            type: 'RandomSequenceContainer',
            name: 'Made',
            parentPath: top,
            properties: { RandomOrSequence: 'Shuffled' },
          },
        ],
        [
          'create_object',
          {
            type: 'RandomSequenceContainer',
            name: 'Made',
            parentPath: top,
            properties: { RandomOrSequence: 7 },
          },
        ],
      ];
      for (const [tool, input] of wrong) {
        const { error, details } = await call(tool, input);
        expect({ tool, error, details }).toMatchObject({
          error: expect.stringMatching(/0 \(Sequence\), 1 \(Random\)|1 \(Random\), 0 \(Sequence\)/),
          details: { choices: expect.arrayContaining([{ value: 0, label: 'Sequence' }]), choicesTotal: 2 },
        });
      }
    }));

  it('is asked of a live Wwise once', () => {
    const row = {
      id: '{00000001-0000-0000-0000-000000000000}',
      name: 'X',
      type: 'RandomSequenceContainer',
      path: steps,
      '@RandomOrSequence': 0,
    };
    const sent: JsonObject[] = [];
    let kept = 1;
    return withScriptedWwise(
      {
        'ak.wwise.core.object.get': () => ({ return: [{ ...row, '@RandomOrSequence': kept }] }),
        'ak.wwise.core.object.getPropertyInfo': () => ({
          name: 'RandomOrSequence',
          type: 'int16',
          restriction: {
            type: 'enum',
            values: [
              { value: 1, displayName: 'Random' },
              { value: 0, displayName: 'Sequence' },
            ],
          },
        }),
        'ak.wwise.core.object.setProperty': ({ args }) => {
          sent.push(args);
          kept = Number(args.value);
          return {};
        },
      },
      async ({ done, called, refused }) => {
        const input = { objectId: row.id, property: 'RandomOrSequence' };
        await done('set_property', { ...input, value: 'Sequence' });
        await done('set_property', { ...input, value: 'Random' });
        expect(sent.map(({ value }) => value)).toEqual([0, 1]);
        expect(called().filter((uri) => uri === 'core.object.getPropertyInfo')).toHaveLength(1);
        expect(await refused('set_property', { ...input, value: 'Sequences' })).toMatchObject({
          code: 'INVALID_INPUT',
          error: expect.stringContaining(
            '1 (Random), 0 (Sequence); not "Sequences". Did you mean "Sequence"?',
          ),
        });
      },
    );
  });
});

async function inProject(work: (room: McpRoom) => Promise<void>): Promise<void> {
  const dir = newTempDir('choices');
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  try {
    await withMcp(dir, ['--project', projectPath], async (room) => {
      await room.done('create_object', { type: 'RandomSequenceContainer', name: 'Steps', parentPath: top });
      await work(room);
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
