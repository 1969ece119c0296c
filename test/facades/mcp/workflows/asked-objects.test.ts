import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type Json, type JsonObject } from '../../../../src/core/json.ts';
import { silentLog } from '../../../../src/core/log.ts';
import { startWaapiServer } from '../../../../src/embedded/server/start-waapi-server.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type McpRoom, withMcp } from '../../../harness/mcp-room.ts';
import { startEngine } from '../../../harness/start-engine.ts';
import { tempDir } from '../../../harness/temp-dir.ts';

const dir = tempDir('asked-objects');
const main = '\\Busses\\Default Work Unit\\Main Audio Bus';
const containers = '\\Containers\\Default Work Unit';
const volume = { name: 'volume', type: 'number', unit: 'dB', min: -96, max: 12, label: 'Volume' };
const bus = { name: 'bus', type: 'object', objectTypes: ['Bus', 'AuxBus'], label: 'Bus' };
const sound = { name: 'sound', type: 'object', objectTypes: ['Sound'], label: 'Sound' };

/** Begins a run that asks for these fields. */
async function begin(room: McpRoom, fields: readonly JsonObject[]) {
  const nodes = [{ id: 'ask', type: 'ask_user', data: { template: { fields: [...fields] } } }];
  const begun = await room.done('workflow_run', { workflow: { workflowId: 'asks', nodes } });
  const { executionId = null } = begun;
  const answer = async (given: Json) => {
    const result = await room.call('workflow_answer', { executionId, answer: given });
    const data = asJsonObject(result.data);
    const [question] = asJsonArray(data.suspended).map(asJsonObject);
    const [row] = asJsonArray(data.results).map(asJsonObject);
    return { result, prompt: question?.prompt, choices: question?.choices, values: asJsonObject(row?.data) };
  };
  return { executionId, answer };
}

async function makeObjects(room: McpRoom): Promise<void> {
  const make = (type: string, name: string, parentPath: string) =>
    room.done('create_object', { type, name, parentPath });
  await make('Bus', 'SFX', main);
  await make('Bus', 'Città_Viva', main);
  for (const folder of ['Cave', 'Forest']) await make('Folder', folder, containers);
  await make('Sound', 'Door_Close', `${containers}\\Cave`);
  await make('Sound', 'door close', `${containers}\\Forest`);
  await make('Sound', 'Gun_Shot', containers);
  await make('Sound', 'SFX', containers);
}

it('finds the objects of the open project that an answer names, as people call them', async () => {
  const projectPath = join(dir, 'Names', 'Names.wproj');
  freshProject(projectPath);
  await withMcp(join(dir, 'Names'), ['--project', projectPath], async (room) => {
    await makeObjects(room);
    const ask = async (answer: string, ...fields: readonly JsonObject[]) =>
      (await begin(room, fields)).answer(answer);
    expect((await ask('to the SFX bus at -6 dB', volume, bus)).values).toMatchObject({
      ...{ volume: -6, bus: `${main}\\SFX` },
      found: { bus: { words: 'SFX', layer: 'project' } },
    });
    for (const words of ['the gunshot, please', 'GUN SHOT', 'gun-shot', `"Gun_Shot"`])
      expect((await ask(words, sound)).values.sound, words).toBe(`${containers}\\Gun_Shot`);
    for (const words of ['citta viva', 'Città_Viva', `${main.toLowerCase()}\\città_viva, thank you`])
      expect((await ask(words, bus)).values.bus, words).toBe(`${main}\\Città_Viva`);
    const formerPath = '\\Master-Mixer Hierarchy\\Default Work Unit\\Main Audio Bus\\SFX';
    expect((await ask(formerPath, bus)).values.bus).toBe(`${main}\\SFX`);
    const id = String((await room.done('get_object', { objectId: `${main}\\SFX` })).id);
    expect((await ask(id, bus)).values.bus).toBe(`${main}\\SFX`);
    expect((await ask('the door close in the cave', sound)).values.sound).toBe(
      `${containers}\\Cave\\Door_Close`,
    );
    expect((await ask('the Musik bus', bus)).prompt).toContain('The project has no "the Musik bus".');
    expect((await ask('Gun Shot', bus)).prompt).toContain('"Gun Shot" is a Sound; it must be Bus or AuxBus.');
    expect((await ask('/^.*$/ ".*" [a-z] \\', bus)).prompt).toContain('Bus?');
  });
});

it('gives candidates where two objects have the name, and takes the one that is chosen', async () => {
  const projectPath = join(dir, 'Two', 'Two.wproj');
  freshProject(projectPath);
  await withMcp(join(dir, 'Two'), ['--project', projectPath], async (room) => {
    await makeObjects(room);
    const { answer } = await begin(room, [sound]);
    const several = await answer('Door Close');
    expect(several.prompt).toContain('"Door Close" could be several things.');
    const paths = [`${containers}\\Cave\\Door_Close`, `${containers}\\Forest\\door close`];
    expect(several.choices).toEqual(paths);
    expect((await answer({ value: paths[1] ?? '' })).values.sound).toBe(paths[1]);
  });
});

it('keeps an answer that names an object while Wwise is away, and goes on with it when it is back', async () => {
  const projectPath = join(dir, 'Away', 'Away.wproj');
  freshProject(projectPath);
  const engine = await startEngine(projectPath, dir);
  const serve = (port: number) =>
    startWaapiServer({ engine, wampPort: port, httpPort: null, log: silentLog });
  const first = await serve(0);
  const url = first.wampUrl ?? '';
  await withMcp(join(dir, 'Away'), ['--wwise', url], async (room) => {
    await makeObjects(room);
    const { executionId, answer } = await begin(room, [volume, { ...bus, tries: 1 }]);
    expect((await answer('-6 dB')).prompt).toBe('Bus?');
    await first.close();
    expect((await answer('the SFX bus')).result.notices).toMatchObject([
      expect.stringContaining('The answer is kept.'),
    ]);
    const again = await serve(Number(new URL(url).port));
    const resumed = await room.done('workflow_resume', { executionId });
    expect(resumed.results).toMatchObject([{ data: { volume: -6, bus: `${main}\\SFX` } }]);
    await again.close();
  });
  await engine.close();
});
