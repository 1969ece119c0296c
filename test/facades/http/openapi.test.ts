import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonObject } from '../../../src/core/json.ts';
import { commands } from '../../../tools/catalog.ts';
import { type HttpRoom, openHttpRoom } from '../../harness/http-room.ts';
import { tempDir } from '../../harness/temp-dir.ts';

describe('the description of REST', () => {
  const dir = tempDir('openapi');
  let room: HttpRoom;
  beforeAll(async () => {
    room = await openHttpRoom(dir);
  });
  afterAll(() => room.close());

  it('is OpenAPI 3.1 by its own schema', async () => {
    const { json } = await room.ask('GET /openapi.json');
    expect(await new Validator().validate(structuredClone(json))).toMatchObject({ valid: true });
    const names = Object.values(asJsonObject(json.paths)).flatMap((methods) =>
      Object.values(asJsonObject(methods)).map((operation) => asJsonObject(operation).operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('has every command with the schema that MCP has', async () => {
    const paths = asJsonObject((await room.ask('GET /api/openapi.json')).json.paths);
    for (const { name } of commands) {
      const { post } = asJsonObject(paths[`/wwise/${name}`]);
      const { content } = asJsonObject(asJsonObject(post).requestBody);
      expect(asJsonObject(asJsonObject(content)['application/json'])).toMatchObject({
        schema: { type: 'object' },
      });
    }
  });

  it('can be read as a page that loads nothing', async () => {
    const page = await room.ask('GET /api');
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toContain('POST /workflows/execute');
    expect(page.text).not.toMatch(/<script|src=|@import|url\(|https?:/);
  });
});
