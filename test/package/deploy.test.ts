import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseArgv } from '../../src/config/parse-argv.ts';
import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import type { JobCounts } from '../../src/core/stores/job-store.ts';
import { createMetrics } from '../../src/facades/http/metrics/metrics.ts';
import { metricsText } from '../../src/workspace/worker-health.ts';
import { packageDir } from '../harness/app-in.ts';

const text = (name: string) => readFileSync(join(packageDir, name), 'utf8');
const objects = (value: unknown) => asJsonArray(value).map(asJsonObject);

describe('what watches', () => {
  it('asks only for metrics that a server or a worker has', async () => {
    const counts: JobCounts = { waiting: 0, active: 0, dead: 0, ended: 0, failed: 0, longestWaitMs: 0 };
    const there = `${(await createMetrics(() => 0).text()).body}\n${metricsText(counts, 'default', undefined)}`;
    const known = new Set([...there.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
    const rules = objects(asJsonObject(parse(text('deploy/prometheus-rules.yml'))).groups)
      .flatMap(({ rules: of }) => objects(of))
      .map(({ expr }) => String(expr));
    const board = asJsonObject(JSON.parse(text('deploy/grafana-dashboard.json')));
    const panels = objects(board.panels).flatMap(({ targets }) =>
      objects(targets).map(({ expr }) => String(expr)),
    );
    expect([rules.length, panels.length]).toEqual([9, 18]);
    for (const expression of [...rules, ...panels]) {
      const names = [...expression.matchAll(/\b(?:wwiseflow|workflow|node|waapi|http)_\w+/g)].map(([name]) =>
        name.replace(/_(?:bucket|sum|count)$/, ''),
      );
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect([...known]).toContain(name);
    }
  });

  it.skipIf(spawnSync('promtool', ['--version']).status !== 0)('has rules that Prometheus takes', () => {
    execFileSync('promtool', ['check', 'rules', join(packageDir, 'deploy/prometheus-rules.yml')]);
  });
});

/** The arguments of a container are those of the program. */
function checkArgs(args: unknown): void {
  const given = asJsonArray(args).map(String);
  expect(parseArgv(given, '0.0.0').subcommand).toMatchObject({ kind: given[0] });
}

describe('what runs in containers', () => {
  it('is one user without rights over a root that is only read, in compose', () => {
    const compose = asJsonObject(parse(text('deploy/compose.yaml'), { merge: true }));
    const services = asJsonObject(compose.services);
    const ours = Object.entries(services).filter(
      ([, service]) => asJsonObject(service).image === 'wwiseflow',
    );
    expect(ours.map(([name]) => name)).toEqual(['server', 'worker-a', 'worker-b']);
    for (const [name, value] of ours) {
      const service = asJsonObject(value);
      expect(service).toMatchObject({ read_only: true, user: 'node', cap_drop: ['ALL'] });
      expect(Object.keys(asJsonObject(service.depends_on))).toEqual(['database', 'queue']);
      checkArgs(service.command);
      if (name.startsWith('worker')) expect(service.hostname).toBe(name);
    }
    const volumes = Object.keys(asJsonObject(compose.volumes));
    const used = Object.values(services)
      .flatMap((service) => asJsonArray(asJsonObject(service).volumes))
      .map((volume) => String(volume).split(':')[0] ?? '')
      .filter((name) => /^[a-z]/.test(name));
    expect([...new Set(used)].sort()).toEqual([...volumes].sort());
  });

  it('is so in Kubernetes, with probes of ports that are there', () => {
    const documents = parseAllDocuments(text('deploy/kubernetes.yaml')).map((one) =>
      asJsonObject(one.toJS()),
    );
    expect(documents.map(({ kind }) => kind)).toEqual([
      'Deployment',
      'Service',
      'StatefulSet',
      'Service',
      'ScaledObject',
    ]);
    for (const document of documents) {
      const pod = asJsonObject(asJsonObject(asJsonObject(document.spec).template).spec);
      for (const container of objects(pod.containers)) checkContainer(container, pod);
    }
  });

  it('is built of what is there, by a script that a shell can read', () => {
    const dockerfile = text('Dockerfile');
    expect(dockerfile).toMatch(/\nUSER node\n/);
    expect(
      dockerfile.match(/npm (?:ci|install)[^\n]*/g)?.every((line) => line.includes('--ignore-scripts')),
    ).toBe(true);
    for (const [, path = ''] of dockerfile.matchAll(/^COPY (\S+\.json) /gm))
      expect(existsSync(join(packageDir, path))).toBe(true);
    execFileSync('sh', ['-n', join(packageDir, 'deploy/create-database.sh')]);
    expect(text('deploy/compose.yaml')).toContain('create-database.sh');
  });
});

function checkContainer(container: JsonObject, pod: JsonObject): void {
  checkArgs(container.args);
  expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
  expect(container.securityContext).toMatchObject({
    ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
    capabilities: { drop: ['ALL'] },
  });
  const ports = objects(container.ports).map(({ name }) => name);
  for (const probe of [container.livenessProbe, container.readinessProbe])
    expect(ports).toContain(asJsonObject(asJsonObject(probe).httpGet).port);
  const volumes = objects(pod.volumes).map(({ name }) => name);
  for (const { name } of objects(container.volumeMounts)) expect(volumes).toContain(name);
}
