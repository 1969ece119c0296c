import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../src/core/json.ts';
import { freshProject } from '../harness/fresh-project.ts';
import { ask } from '../harness/http-room.ts';
import { program } from '../harness/program.ts';
import { freePort } from '../harness/servers/free-port.ts';
import { standIn } from '../harness/stand-in-service.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { soundFlow } from '../harness/worker-room.ts';

/** The span of whoever asks, in another program. */
const caller = { trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' };

it('traces lead from the request of another program to the calls of WAAPI, each inside of what asked for it', async () => {
  const spans: JsonObject[] = [];
  const collector = await standIn((app) => {
    app.post('/v1/traces', async ({ req, json }) => {
      for (const resource of asJsonArray(asJsonObject(await req.json()).resourceSpans).map(asJsonObject))
        for (const scope of asJsonArray(resource.scopeSpans).map(asJsonObject))
          spans.push(...asJsonArray(scope.spans).map(asJsonObject));
      return json({});
    });
  });
  const dir = newTempDir('traces');
  const projectPath = join(dir, 'project', 'Test.wproj');
  freshProject(projectPath);
  const port = await freePort();
  const argv = ['serve', '--port', String(port), '--project', projectPath, '--state', join(dir, 'state')];
  const child = spawn(process.execPath, [program('main'), ...argv, '--log-level', 'error'], {
    cwd: dir,
    env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  const isUp = () =>
    ask(url, 'GET /ready').then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(isUp).toBe(200);
  const headers = { traceparent: `00-${caller.trace}-${caller.span}-01` };
  const executed = await ask(url, 'POST /workflows/execute', soundFlow('Traced'), headers);
  expect(executed.status).toBe(200);
  const refused = await ask(url, 'POST /wwise/create_sound', { name: '' }, headers);
  expect(refused.status).toBe(400);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const of = spans.filter(({ traceId }) => traceId === caller.trace);
  const named = (name: string) => of.find((span) => span.name === name);
  /** The names of what a span is inside of, from the request on. */
  const around = (span: JsonObject | undefined): readonly string[] => {
    if (span === undefined) return [];
    const outer = of.find(({ spanId }) => spanId === span.parentSpanId);
    if (outer === undefined) expect(span.parentSpanId).toBe(caller.span);
    return [...around(outer), asString(span.name) ?? ''];
  };
  expect(around(named('ak.wwise.core.object.create') ?? named('ak.wwise.core.object.set'))).toEqual([
    'POST /workflows/execute',
    'workflow make-Traced',
    'node create_object',
    'command create_object',
    expect.stringMatching(/^ak\.wwise\.core\.object\.(create|set)$/),
  ]);
  const failed = named('POST /wwise/create_sound');
  expect(asJsonObject(failed?.status)).toMatchObject({ code: 2 });
});
