import { describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../../src/core/json.ts';
import { instructionsFor } from '../../../../src/facades/mcp/instructions.ts';
import { toolFaces } from '../../../../src/facades/mcp/tools/tools.ts';
import { workflowTools } from '../../../../src/facades/mcp/workflow-tools.ts';
import { commands } from '../../../../tools/catalog.ts';

const faces = toolFaces(commands);
const face = (name: string) => faces.find((candidate) => candidate.name === name);
const hints = (name: string) => {
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = face(name)?.annotations ?? {};
  return { readOnlyHint, destructiveHint, idempotentHint, openWorldHint };
};

describe('what an agent sees of the tools', () => {
  it('is every command and the workflow tools', () => {
    expect(faces).toHaveLength(commands.length + workflowTools.length);
  });

  it('loads three to six entry tools at once', () => {
    const always = faces.filter((candidate) => candidate._meta?.['anthropic/alwaysLoad'] === true);
    expect(always.map((candidate) => candidate.name)).toEqual([
      'project_info',
      'query_waql',
      'workflow_node_types',
      'workflow_run',
    ]);
  });

  it('hints at what a tool does to the project', () => {
    const rest = { idempotentHint: true, openWorldHint: false };
    expect(hints('query_waql')).toEqual({ readOnlyHint: true, destructiveHint: false, ...rest });
    expect(hints('set_property')).toEqual({ readOnlyHint: false, destructiveHint: false, ...rest });
    expect(hints('delete_object')).toEqual({ readOnlyHint: false, destructiveHint: true, ...rest });
    expect(hints('project_save')).toEqual({ readOnlyHint: false, destructiveHint: false, ...rest });
  });

  it('warns of a tool that can replace what exists, and of a workflow, which can contain anything', () => {
    expect(hints('create_sound').destructiveHint).toBe(true);
    expect(hints('workflow_run').destructiveHint).toBe(true);
    expect(hints('workflow_compile')).toMatchObject({ readOnlyHint: true, destructiveHint: false });
  });

  it('calls idempotent what the memo answers or a repetition leaves as it is, and nothing else', () => {
    for (const { name, effect, achieved } of commands) {
      const { idempotentHint } = hints(name);
      if (effect === 'read') expect([name, idempotentHint]).toEqual([name, true]);
      else if (effect !== 'barrier') expect([name, idempotentHint]).toEqual([name, achieved !== undefined]);
    }
    for (const name of ['workflow_run', 'workflow_apply', 'waapi_call', 'undo', 'post_event'])
      expect([name, hints(name).idempotentHint]).toEqual([name, false]);
  });

  it('lets every command that the memo remembers be forced to do it again, and workflow_run', () => {
    const takes = (name: string) => 'forceRerun' in asJsonObject(face(name)?.inputSchema.properties);
    const changing = commands.filter(
      ({ effect, achieved }) => effect !== 'read' && effect !== 'barrier' && achieved !== undefined,
    );
    expect(
      faces
        .map(({ name }) => name)
        .filter(takes)
        .sort(),
    ).toEqual([...changing.map(({ name }) => name), 'workflow_run'].sort());
  });

  it('describes every input', () => {
    const silent = faces.flatMap(({ name, inputSchema }) =>
      Object.entries(asJsonObject(inputSchema.properties))
        .filter(([, property]) => asJsonObject(property).description === undefined)
        .map(([input]) => `${name}.${input}`),
    );
    expect(silent).toEqual([]);
  });
});

describe('the instructions', () => {
  it('name only tools that are offered', () => {
    const text = instructionsFor(new Set(['query_waql']), 'reader');
    expect(text).toContain('query_waql');
    expect(text).not.toMatch(/workflow_|project_save/);
    expect(text).toContain('read-only');
  });
});
