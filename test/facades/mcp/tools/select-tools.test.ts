import { describe, expect, it } from 'vitest';
import { selectTools, type ToolSelection } from '../../../../src/facades/mcp/tools/select-tools.ts';

const tools = [
  { name: 'workflow_run', toolset: 'workflow' },
  { name: 'query_waql', toolset: 'query' },
  { name: 'delete_object', toolset: 'objects' },
  { name: 'create_object', toolset: 'objects' },
];

function select(selection: Partial<ToolSelection>): string[] {
  const all = { toolsets: null, tools: null, excludeTools: [] };
  return selectTools(tools, { ...all, ...selection }).map((tool) => tool.name);
}

describe('the choice of tools', () => {
  it('is everything by default, ordered by toolset, then name', () => {
    expect(select({})).toEqual(['create_object', 'delete_object', 'query_waql', 'workflow_run']);
    expect(select({ toolsets: ['all'] })).toEqual(select({}));
  });

  it('by toolset keeps the workflow tools', () => {
    expect(select({ toolsets: ['query'] })).toEqual(['query_waql', 'workflow_run']);
  });

  it('by tool is exactly these', () => {
    expect(select({ tools: ['query_waql'] })).toEqual(['query_waql']);
  });

  it('by toolset and tool adds up', () => {
    expect(select({ toolsets: ['query'], tools: ['create_object'] })).toEqual([
      'create_object',
      'query_waql',
      'workflow_run',
    ]);
  });

  it('leaves out what is excluded, whatever else was asked for', () => {
    expect(select({ tools: ['query_waql', 'delete_object'], excludeTools: ['delete_object'] })).toEqual([
      'query_waql',
    ]);
  });

  it('answers a name that does not exist with the nearest one', () => {
    expect(() => select({ toolsets: ['object'] })).toThrow(
      'There is no toolset "object". Did you mean "objects"?',
    );
    expect(() => select({ excludeTools: ['delete_objects'] })).toThrow('Did you mean "delete_object"');
  });
});
