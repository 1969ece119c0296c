import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asJsonObject, asString } from '../../../../src/core/json.ts';
import { freshProject } from '../../../harness/fresh-project.ts';
import { type EraClient, startEraClient } from '../stdio/era-client.ts';
import type { Era } from '../stdio/stdio-client.ts';

const eras: readonly Era[] = ['2026-07-28', '2025 (client 2.x)', '2025 (sdk 1.x)'];
const home = '\\Containers\\Default Work Unit';
const patient = { timeout: 60_000, interval: 50 };

describe.each(eras)('subscriptions over stdio, of a client of %s', (era) => {
  let dir = '';
  let client: EraClient;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'wwiseflow-subscriptions-'));
    const projectPath = join(dir, 'Game', 'Game.wproj');
    freshProject(projectPath);
    client = await startEraClient(era, ['--project', projectPath, '--state', join(dir, 'state')], dir);
    await client.call('create_object', { type: 'Sound', name: 'Wind', parentPath: home });
  });
  afterAll(async () => {
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const updatesOf = (uri: string): number =>
    client.heard.filter(
      ({ method, params }) => method === 'notifications/resources/updated' && params.uri === uri,
    ).length;

  it('are offered', () => {
    expect(client.capabilities).toMatchObject({
      resources: { subscribe: true },
      completions: {},
      logging: {},
    });
  });

  it('hear of the object that changed and of nothing else, until they end', async () => {
    const wind = `wwiseflow://objects/${encodeURIComponent(`${home}\\Wind`)}`;
    const end = await client.subscribe(wind);
    await client.call('set_value', { objectId: `${home}\\Wind`, property: 'Volume', value: -3 });
    // Its volume is not among what the resource shows; its notes are.
    await client.call('set_notes', { objectId: `${home}\\Wind`, notes: 'Softer' });
    await vi.waitFor(() => expect(updatesOf(wind)).toBe(1), patient);
    await end();
    const project = 'wwiseflow://project';
    const endProject = await client.subscribe(project);
    await client.call('project_save', {});
    await vi.waitFor(() => expect(updatesOf(project)).toBe(1), patient);
    await client.call('set_notes', { objectId: `${home}\\Wind`, notes: 'Loud' });
    await vi.waitFor(() => expect(updatesOf(project)).toBe(2), patient);
    expect(updatesOf(wind)).toBe(1);
    await endProject();
  });

  it('hear of a question that arrives, and of the run that goes on once it is answered', async () => {
    const questions = 'wwiseflow://questions';
    const end = await client.subscribe(questions);
    const workflow = {
      workflowId: 'asks',
      nodes: [{ id: 'take', type: 'handoff', data: { role: 'lead', text: 'Which take?' } }],
      edges: [],
    };
    const run = await client.call('workflow_run', { workflow });
    const executionId = asString(asJsonObject(run.data).executionId) ?? '';
    await vi.waitFor(() => expect(updatesOf(questions)).toBe(1), patient);
    const state = `wwiseflow://runs/${executionId}`;
    const endRun = await client.subscribe(state);
    await client.call('workflow_answer', { executionId, answer: 'The second' });
    await vi.waitFor(() => expect(updatesOf(state)).toBeGreaterThan(0), patient);
    expect(await client.read(state)).toMatchObject({ state: 'done' });
    await vi.waitFor(() => expect(updatesOf(questions)).toBe(2), patient);
    await Promise.all([end(), endRun()]);
  });
});

describe.each(eras.slice(1))('subscriptions over stdio, of a client of %s', (era) => {
  it('to what is not there are refused', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'wwiseflow-subscriptions-'));
    const args = ['--wwise', 'ws://127.0.0.1:9/waapi', '--state', join(dir, 'state')];
    const client = await startEraClient(era, args, dir);
    await expect(client.subscribe('wwiseflow://nothing')).rejects.toThrow(
      /no resource "wwiseflow:\/\/nothing"/,
    );
    // What Wwise does not answer for can be subscribed to: it may come.
    const end = await client.subscribe('wwiseflow://project');
    await end();
    await client.close();
    rmSync(dir, { recursive: true, force: true });
  });
});
