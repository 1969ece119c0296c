import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { meantBy as commandMeantBy, type MergedTool } from '../../../src/core/merged-tool.ts';
import { toolNamesFor } from '../../../src/facades/mcp/tools/select-tools.ts';
import { compileWorkflow } from '../../../src/workflow/compiler/compile.ts';
import { commands } from '../../../tools/catalog.ts';
import { mergedTools } from '../../../tools/merged/catalog.ts';
import { withProject } from '../../harness/project.ts';

const meantBy = (tool: MergedTool, input: unknown) =>
  commandMeantBy(tool, input, (name) => commands.find((command) => command.name === name));
const inputsOf = (schema: z.ZodType): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
const knownBy = new Map(commands.map(({ name, input }) => [name, inputsOf(input)]));

describe.each(mergedTools.map((tool) => [tool.name, tool] as const))('%s', (_, tool) => {
  it('has a name of its own and stands for commands that there are', () => {
    expect(knownBy.has(tool.name)).toBe(false);
    for (const { command } of tool.ways) expect([...knownBy.keys()]).toContain(command);
  });

  it('takes nothing that none of its commands knows, and each needs what its command has', () => {
    const switches = tool.ways.flatMap(({ is = {} }) => Object.keys(is));
    const renamed = tool.ways.flatMap(({ as = {} }) => Object.keys(as));
    const known = tool.ways.flatMap(({ command }) => knownBy.get(command) ?? []);
    for (const name of inputsOf(tool.input)) expect([...known, ...switches, ...renamed]).toContain(name);
    for (const { command, has = [], as = {} } of tool.ways)
      for (const name of has) expect(knownBy.get(command)).toContain(as[name] ?? name);
  });

  it('can be brought to each of its ways', () => {
    for (const way of tool.ways) {
      const given = Object.fromEntries((way.has ?? []).map((name) => [name, 'x']));
      expect(meantBy(tool, { ...given, ...way.is }).command).toBe(way.command);
    }
  });

  it('has examples that its commands understand', () => {
    expect(tool.examples.length).toBeGreaterThan(0);
    for (const { input } of tool.examples) {
      const meant = meantBy(tool, input);
      const command = commands.find(({ name }) => name === meant.command);
      expect(command?.input.safeParse(meant.input).error).toBeUndefined();
    }
  });
});

describe('which command is meant', () => {
  const named = (name: string): MergedTool => {
    const tool = mergedTools.find((one) => one.name === name);
    if (tool === undefined) throw new Error(`There is no ${name}.`);
    return tool;
  };

  it('does not depend on what a client sends for what it leaves out', () => {
    expect(meantBy(named('find_things'), { words: 'step', query: '', in: null })).toEqual({
      command: 'search',
      input: { words: 'step', in: null },
    });
    expect(meantBy(named('find_things'), { waql: '$ from type Bus' })).toEqual({
      command: 'query_waql',
      input: { query: '$ from type Bus' },
    });
    const quieter = { objectId: 'a', property: 'Volume', value: -6 };
    expect(meantBy(named('set_value'), { ...quieter, targetPath: null })).toEqual({
      command: 'set_property',
      input: quieter,
    });
    expect(meantBy(named('edit_effects'), { objectId: 'a', effect: 0, bypass: true, remove: false })).toEqual(
      {
        command: 'set_effect_parameters',
        input: { objectId: 'a', effect: 0, bypass: true },
      },
    );
    expect(meantBy(named('edit_effects'), { objectId: 'a', effect: 0, remove: 'true' })).toEqual({
      command: 'remove_effect',
      input: { objectId: 'a', effect: 0 },
    });
  });

  it('is the one that makes an output bus take effect', () => {
    expect(
      meantBy(named('set_value'), { objectId: 'a', property: 'OutputBus', targetPath: 'Bus:B' }),
    ).toEqual({
      command: 'set_output_bus',
      input: { objectId: 'a', busPath: 'Bus:B' },
    });
    expect(meantBy(named('set_value'), { objectId: 'a', property: 'Attenuation', targetPath: null })).toEqual(
      {
        command: 'set_reference',
        input: { objectId: 'a', reference: 'Attenuation', targetPath: null },
      },
    );
  });

  it('is said where nothing is', () => {
    expect(() => meantBy(named('find_things'), { limit: 3 })).toThrow('what is to be done is missing');
  });
});

describe('an input that does not fit', () => {
  it('is looked for among the inputs of the tool that was called', () =>
    withProject(async ({ refused }) => {
      const points = [{ x: 0, y: 0 }];
      const misspelt = await refused('edit_curve', { objectId: 'Sound:A', propery: 'Volume', points });
      expect(misspelt.error).toBe('edit_curve: /propery is not a known input; did you mean property.');
      const strange = await refused('set_value', { objectId: 'Sound:A', zzzzzz: 1 });
      expect(strange.error).toContain('known: objectId, property, value, targetPath, platform');
    }));

  it('is said where it is of another way than the rest', () =>
    withProject(async ({ refused }) => {
      const input = { objectId: 'Sound:A', property: 'Volume', curve: 'Spread', points: [{ x: 0, y: 0 }] };
      const failed = await refused('edit_curve', input);
      expect(failed.error).toBe('edit_curve: curve does not go with property.');
      expect(failed.hint).toContain('set_rtpc, which takes objectId, property, gameParameter, points');
    }));

  it('may have a name that it had before', () =>
    withProject(async ({ refused }) => {
      const failed = await refused('edit_curve', { attenuation: 'Attenuation:Far' });
      expect(failed.code).toBe('OBJECT_NOT_FOUND');
    }));
});

describe('a merged tool', () => {
  it('is done, remembered and recorded as the command that it means', () =>
    withProject(async ({ done, refused, bus, audit }) => {
      const parentPath = '\\Containers\\Default Work Unit';
      await done('create_sound', { name: 'Gust', parentPath });
      expect(await done('find_things', { words: 'Gust' })).toMatchObject({ total: 1 });
      const input = { objectId: 'Sound:Gust', property: 'Volume', value: -6 };
      await done('set_value', input);
      expect(await bus.dispatch('set_property', input)).toMatchObject({ memo: 'hit' });
      expect((await refused('find_things', { limit: 3 })).code).toBe('INVALID_INPUT');
      const { records } = await audit.query({ limit: 5 });
      expect(records.map(({ command }) => command)).not.toContain('set_value');
    }));

  it('is a node of a workflow under its own name', () =>
    withProject(async ({ bus }) => {
      const nodes = [{ id: 'a', type: 'find_things', data: { words: 'A' } }];
      const plan = compileWorkflow({ nodes, edges: [] }, bus);
      expect(plan.nodes.map(({ type }) => type)).toEqual(['search']);
    }));
});

describe('what is listed by default', () => {
  it('covers a day of work without waapi_call, by tools that stand for several commands', () => {
    const listed = new Set(toolNamesFor({ toolsets: null, tools: null, excludeTools: [] }, 'admin'));
    const covered = mergedTools.filter(({ name }) => listed.has(name)).flatMap(({ ways }) => ways);
    for (const { command } of covered) listed.add(command);
    for (const command of [
      ...[
        'select_objects',
        'selected_objects',
        'copy_object',
        'paste_properties',
        'references_to',
        'set_reference',
      ],
      ...[
        'add_effect',
        'set_rtpc',
        'assign_switch',
        'set_attenuation_curve',
        'add_action',
        'list_event_actions',
      ],
      ...['undo', 'workflow_run', 'query_waql', 'search', 'set_property', 'set_output_bus', 'import_files'],
    ])
      expect([...listed]).toContain(command);
  });

  it('is for a reader the commands that only read', () => {
    const listed = toolNamesFor({ toolsets: null, tools: null, excludeTools: [] }, 'reader');
    expect(listed).toEqual(
      expect.arrayContaining(['find_things', 'list_rtpcs', 'list_effects', 'selected_objects']),
    );
    expect(listed).not.toContain('edit_effects');
    expect(listed).not.toContain('add_effect');
  });
});
