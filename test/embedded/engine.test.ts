import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { silentLog } from '../../src/core/log.ts';
import { createEngine } from '../../src/embedded/create-engine.ts';
import type { Engine } from '../../src/embedded/engine.ts';
import { embeddedFunctions } from '../../src/embedded/functions/catalog.ts';
import { inProcessBackend } from '../../src/embedded/in-process-backend.ts';
import { openProject } from '../../src/embedded/project/open-project.ts';
import { functionSchemas, sharedDefinitions } from '../../src/embedded/protocol/schemas.gen.ts';
import type { WaapiBackend } from '../../src/wwise/connection/backend.ts';
import { createConnection } from '../../src/wwise/connection/connection.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { copySample, samplesDir } from '../harness/sample-project.ts';

const functions = embeddedFunctions({
  productVersion: '0.0.0',
  installDir: '/opt/wwiseflow',
  userDir: '/home/me',
});
const workUnit = '\\Containers\\Default Work Unit';

let folder = '';
let engine: Engine;
let wwise: WaapiBackend;

async function open(projectFile: string): Promise<void> {
  engine = createEngine({ openProject: await openProject(projectFile), functions, log: silentLog });
  wwise = inProcessBackend(engine);
}

/** Fails when a result is not what the documentation says the function answers. */
function expectDocumented(uri: string, result: JsonObject): void {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema({ definitions: sharedDefinitions }, 'definitions.json');
  const schema: unknown = structuredClone(functionSchemas[uri]?.result);
  const validate = ajv.compile(Object(schema));
  validate(result);
  expect(validate.errors).toBeNull();
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wwiseflow-engine-'));
  const projectFile = join(folder, 'Game', 'Game.wproj');
  freshProject(projectFile);
  await open(projectFile);
});

afterEach(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the embedded engine', () => {
  it('says who it is in the documented shape', async () => {
    const info = await wwise.call('ak.wwise.core.getInfo', {}, {});
    expectDocumented('ak.wwise.core.getInfo', info);
    expect(info).toMatchObject({
      isCommandLine: true,
      processId: process.pid,
      version: { year: 2025, schema: 133 },
    });
  });

  it('reports on its project in the documented shape', async () => {
    const info = await wwise.call('ak.wwise.core.getProjectInfo', {}, {});
    expectDocumented('ak.wwise.core.getProjectInfo', info);
    expect(info).toMatchObject({
      name: 'Game',
      isDirty: false,
      path: join(folder, 'Game', 'Game.wproj'),
      languages: [{ name: 'English(US)', shortId: 684519430 }],
      platforms: [{ name: 'Windows', baseName: 'Windows' }],
      defaultImportWorkUnit: { path: workUnit },
    });
    expect(asJsonObject(info.directories).originals).toBe(join(folder, 'Game', 'Originals', '/'));
  });

  it('lists exactly what it answers', async () => {
    const { functions: uris } = await wwise.call('ak.wwise.waapi.getFunctions', {}, {});
    expect(uris).toEqual(functions.map(({ uri }) => uri).sort());
    const { topics } = await wwise.call('ak.wwise.waapi.getTopics', {}, {});
    expect(topics).toContain('ak.wwise.core.object.created');
    expect(topics).toContain('ak.wwise.core.soundbank.generated');
  });

  it('reports types, their properties and what a property allows', async () => {
    const types = await wwise.call('ak.wwise.core.object.getTypes', {}, {});
    expectDocumented('ak.wwise.core.object.getTypes', types);
    expect(asJsonArray(types.return)).toContainEqual({
      classId: 16,
      name: 'AudioFileSource',
      type: 'WObject',
    });
    const flanger = asJsonArray(types.return)
      .map(asJsonObject)
      .find(({ classId }) => classId === 8192003);
    expect(flanger).toMatchObject({ type: 'Effect' });
    const listed = asJsonArray(types.return).map(asJsonObject);
    for (const row of [
      { classId: 65537, name: 'PCM', type: 'Conversion' },
      { classId: 11403271, name: 'System', type: 'AudioDevice' },
      { classId: 13107202, name: 'Wwise Audio Input', type: 'Source' },
    ])
      expect(listed).toContainEqual(row);
    // What a list of slots holds is no type of its own.
    expect(listed.filter(({ name }) => /Slot$/.test(String(name))).map(({ type }) => type)).toEqual([
      'WObject',
      ...Array<string>(5).fill('Inner'),
    ]);

    const names = await wwise.call(
      'ak.wwise.core.object.getPropertyAndReferenceNames',
      { classId: 65552 },
      {},
    );
    expect(asJsonArray(names.return)).toEqual(expect.arrayContaining(['Volume', 'Pitch', 'OutputBus']));

    const volume = await wwise.call(
      'ak.wwise.core.object.getPropertyInfo',
      { classId: 65552, property: 'volume' },
      {},
    );
    expectDocumented('ak.wwise.core.object.getPropertyInfo', volume);
    expect(volume).toMatchObject({
      name: 'Volume',
      type: 'Real64',
      supports: { rtpc: 'Additive', unlink: true },
      restriction: { type: 'range', min: -200, max: 200 },
    });
    const bus = await wwise.call(
      'ak.wwise.core.object.getPropertyInfo',
      { classId: 65552, property: 'OutputBus' },
      {},
    );
    expectDocumented('ak.wwise.core.object.getPropertyInfo', bus);
    expect(JSON.stringify(bus.restriction)).toContain('Bus');
  });

  it('refuses an unknown property with the nearest one, which the connection calls UNKNOWN_PROPERTY', async () => {
    const waapi = createConnection({
      open: async () => inProcessBackend(engine),
      address: 'here',
      log: silentLog,
    });
    const info = waapi.call('ak.wwise.core.object.getPropertyInfo', { classId: 65552, property: 'Volum' });
    await expect(info).rejects.toMatchObject({ code: 'UNKNOWN_PROPERTY' });
    await expect(info).rejects.toThrow('"Volume"');
    const missing = waapi.call('ak.wwise.core.object.setName', { object: '\\Events\\Nothing', value: 'A' });
    await expect(missing).rejects.toMatchObject({
      code: 'OBJECT_NOT_FOUND',
      details: { object: '\\Events\\Nothing' },
    });
    await waapi.close();
  });

  it('shares no object with its caller', async () => {
    const types = await wwise.call('ak.wwise.core.object.getTypes', {}, {});
    const again = await wwise.call('ak.wwise.core.object.getTypes', {}, {});
    expect(types).toEqual(again);
    expect(types.return).not.toBe(again.return);
  });

  it('refuses calls after the project was closed, but still says who it is', async () => {
    await engine.close();
    await expect(wwise.call('ak.wwise.core.getProjectInfo', {}, {})).rejects.toMatchObject({
      uri: 'ak.wwise.unavailable',
    });
    expectDocumented('ak.wwise.core.getInfo', await wwise.call('ak.wwise.core.getInfo', {}, {}));
  });
});

describe.skipIf(!existsSync(samplesDir))('projects that Wwise saved (needs the sample projects)', () => {
  it.each([
    ['godot-tests-2025.1', 'GodotTests.wproj', 'v2025.1.3', '\\Containers'],
    ['pywwise-2024.1', 'PyWwise.wproj', 'v2024.1.2', '\\Actor-Mixer Hierarchy'],
    ['gyms-2022.1', 'Gyms.wproj', 'v2022.1.3', '\\Actor-Mixer Hierarchy'],
  ])('%s is reported under its own version and names', async (name, file, displayName, root) => {
    await engine.close();
    await open(join(copySample(name, folder), file));
    expect(await wwise.call('ak.wwise.core.getInfo', {}, {})).toMatchObject({ version: { displayName } });
    const info = await wwise.call('ak.wwise.core.getProjectInfo', {}, {});
    expect(asJsonObject(info.defaultConversion).id).toBe('{6D1B890C-9826-4384-BF07-C15223E9FB56}');
    expect(String(asJsonObject(asJsonObject(info.defaultWorkUnits).Containers).path)).toContain(root);
  });
});
