import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/core/answers/budget.ts';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { nodeKinds } from '../../src/workflow/nodes/catalog.ts';
import { showNodeTypes } from '../../src/workflow/nodes/described/show-node-types.ts';
import { commands } from '../../tools/catalog.ts';
import { toolsets } from '../../tools/toolsets.ts';

const kinds = nodeKinds(commands);
const purposes = Object.fromEntries(Object.entries(toolsets).map(([name, { purpose }]) => [name, purpose]));
const show = (view: { toolset?: string; types?: string[]; cursor?: string }) =>
  showNodeTypes(kinds, view, purposes);

describe('what an agent pays for the catalogue', () => {
  it('is at most 5,000 bytes for the names of everything and what each toolset is for', () => {
    const answer = show({});
    expect(bytesOf(answer)).toBeLessThanOrEqual(5_000);
    const rows = asJsonArray(answer.toolsets).map(asJsonObject);
    const named = rows.flatMap(({ types }) => asString(types)?.split(' ') ?? []);
    expect(named.toSorted()).toEqual(kinds.map(({ type }) => type).toSorted());
    expect(answer.cursor).toBeNull();
  });

  it('is at most 1,500 bytes for a page of the signatures of a toolset, and the pages have all', () => {
    const signed = [...new Set(kinds.map(({ toolset }) => toolset))].flatMap((toolset) =>
      pagesOf({ toolset }).flatMap((page) => {
        expect(bytesOf(page), toolset).toBeLessThanOrEqual(1_500);
        return asJsonArray(page.signatures).map((line) => asString(line) ?? '');
      }),
    );
    expect(signed.map((line) => line.replace(/\(.*/, '')).toSorted()).toEqual(
      kinds.map(({ type }) => type).toSorted(),
    );
  });

  it.each(kinds.map(({ type }) => type))('is at most 1,000 bytes for the details of %s', (type) => {
    const [details] = asJsonArray(show({ types: [type] }).nodeTypes);
    expect(bytesOf(details)).toBeLessThanOrEqual(1_000);
    const { inputs, outputs } = asJsonObject(details);
    expect(Object.keys(asJsonObject(inputs)).map((name) => name.replace('?', ''))).toEqual(inputNames(type));
    expect(typeof outputs).toBe('string');
  });
});

describe('a signature', () => {
  it('says the types of objects, the shape of items, choices and what may be left out', () => {
    const lines = pagesOf({ toolset: 'containers' }).flatMap(({ signatures }) => asJsonArray(signatures));
    expect(lines).toContain(
      'set_switch_group(objectId: SwitchContainer, group: Object, defaultSwitch?: string) -> {object, group, defaultSwitch, previousGroup, unassigned}',
    );
    expect(lines.join('\n')).toContain(
      "create_container(kind: 'random'|'sequence'|'switch'|'blend', name: string",
    );
  });

  it('says ranges and every choice of a list item in the details', () => {
    const [details] = asJsonArray(show({ types: ['set_rtpc'] }).nodeTypes).map(asJsonObject);
    expect(asJsonObject(details?.inputs).points).toContain("shape?: 'Constant'|'Linear'|");
    const [action] = asJsonArray(show({ types: ['addAction'] }).nodeTypes).map(asJsonObject);
    expect(asJsonObject(action?.inputs)['delaySeconds?']).toBe('number 0..600. Delay in s.');
  });
});

function pagesOf(view: { toolset: string }): JsonObject[] {
  const pages = [show(view)];
  for (let cursor = asString(pages[0]?.cursor); cursor !== undefined; cursor = asString(pages.at(-1)?.cursor))
    pages.push(show({ ...view, cursor }));
  return pages;
}

function inputNames(type: string): string[] {
  const kind = kinds.find((one) => one.type === type);
  return kind === undefined || !('shape' in kind.input) ? [] : Object.keys(asShape(kind.input.shape));
}

function asShape(shape: unknown): object {
  return typeof shape === 'object' && shape !== null ? shape : {};
}
