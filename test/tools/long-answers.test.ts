import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateProject } from '../../bench/embedded-generated-project.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../src/core/json.ts';
import { commands } from '../../tools/catalog.ts';
import { withMcp } from '../harness/mcp-room.ts';

/** About 8,000 tokens, at 4 characters a token. */
const mostCharacters = 32_000;
const unit = '\\Containers\\Generated 0';

/** Calls that have much to say about a project of 5,000 objects. Other commands answer for a live Wwise or for one thing. */
const calls: Readonly<Record<string, JsonObject>> = {
  audio_facts: { objectId: unit, limit: 100 },
  audio_files_report: { show: 'missing', limit: 500 },
  bus_tree: { limit: 500 },
  describe_type: { of: 'Sound', response_format: 'detailed', limit: 500 },
  find_unused: { limit: 500 },
  get_object: { objectId: unit, maxChildren: 1_000, listProperties: true },
  list_event_actions: { limit: 500 },
  project_info: {},
  project_lint: { limit: 500 },
  project_tree: { root: '\\Containers', depth: 20, response_format: 'detailed', limit: 500 },
  query_waql: {
    query: 'from type Sound',
    return: ['@Volume', 'notes', 'parent.name', 'filePath'],
    limit: 500,
  },
  references_to: { objectId: unit, descendants: true, limit: 500 },
  search: { words: 'sound', limit: 500 },
  waapi_functions: { limit: 500 },
  waapi_read: {
    uri: 'ak.wwise.core.object.get',
    args: { waql: '$ from type Sound' },
    options: { return: ['id', 'name', 'type', 'path'] },
  },
  waapi_schema: { uri: 'ak.wwise.core.object.set' },
  workflow_node_types: {},
};

describe('on a project of 5,000 objects', () => {
  let dir = '';
  let projectPath = '';
  const answers = new Map<string, JsonObject>();

  beforeAll(async () => {
    dir = realpathSync(mkdtempSync(join(tmpdir(), 'wwiseflow-long-')));
    projectPath = generateProject(dir, 5_000);
    await withMcp(dir, ['--project', projectPath], async (room) => {
      for (const [command, input] of Object.entries(calls))
        answers.set(command, await room.call(command, input));
    });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  describe.each(Object.keys(calls))('%s', (command) => {
    const data = () => asJsonObject(answers.get(command)?.data);

    it('answers within about 8,000 tokens', () => {
      expect(answers.get(command)).toMatchObject({ ok: true });
      expect(JSON.stringify(answers.get(command)).length).toBeLessThanOrEqual(mostCharacters);
    });

    it('says how to go on when a list does not hold everything', () => {
      const { total, cursor, truncated } = data();
      if (typeof total !== 'number') return;
      const longest = Math.max(0, ...Object.values(data()).map((value) => asJsonArray(value).length));
      if (longest < total) expect(cursor ?? truncated).toEqual(expect.any(String));
    });

    it('gives every object with id, type and path', () => {
      // The project itself has a file instead, and a parent no type.
      const incomplete = Object.entries(data()).flatMap(([member, value]) =>
        objectsIn(value ?? null).filter(
          ({ type, path }) => typeof path !== 'string' || (typeof type !== 'string' && member !== 'parent'),
        ),
      );
      expect(incomplete.slice(0, 3)).toEqual([]);
    });
  });

  it('shows a tree in at most 40 bytes an object, page by page', async () => {
    const pages: JsonObject[] = [];
    await withMcp(dir, ['--project', projectPath], async ({ done }) => {
      let cursor: string | undefined;
      do {
        pages.push(
          await done('project_tree', {
            depth: 20,
            verbose: false,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        );
        cursor = asString(pages.at(-1)?.cursor);
      } while (cursor !== undefined);
    });
    const bytes = pages.map((page) => Buffer.byteLength(JSON.stringify(page)));
    expect(Math.max(...bytes)).toBeLessThanOrEqual(mostCharacters);
    const total = Number(pages[0]?.total);
    expect(total).toBeGreaterThan(5_000);
    expect(bytes.reduce((sum, one) => sum + one, 0) / total).toBeLessThanOrEqual(40);
  });

  it('pages every list by a cursor', () => {
    const unpaged = commands
      .filter(({ effect }) => effect === 'read')
      .filter(({ input, output }) => {
        const [inputs, outputs] = [keysOf(input), keysOf(output)];
        return inputs.includes('limit') && !(outputs.includes('total') && outputs.includes('cursor'));
      });
    expect(unpaged.map(({ name }) => name)).toEqual([]);
  });
});

/** Everything that looks like an object: a GUID and a name. */
function objectsIn(value: Json): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isJsonObject(value)) return [];
  const inner = Object.values(value).flatMap((member) => objectsIn(member ?? null));
  const isObject = (asString(value.id) ?? '').startsWith('{') && typeof value.name === 'string';
  return isObject ? [value, ...inner] : inner;
}

function keysOf(schema: z.ZodType): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}
