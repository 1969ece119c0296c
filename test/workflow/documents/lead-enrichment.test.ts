import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, asJsonObject, type JsonObject } from '../../../src/core/json.ts';
import { silentLog } from '../../../src/core/log.ts';
import { openSqliteStores } from '../../../src/stores/sqlite/sqlite-stores.ts';
import { readPresets } from '../../../src/workflow/remote/presets/read-presets.ts';
import { createRuns } from '../../../src/workflow/runtime/runs.ts';
import { packageDir } from '../../harness/app-in.ts';
import { outsideOf } from '../../harness/outside.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import { compile, emptyShelf, shelfBus } from '../harness.ts';
import { remoteWith, shippedPrompts } from '../remote/run-remote.ts';
import { type LeadServices, startLeadServices } from './lead-services.ts';

const document: JsonObject = asJsonObject(
  JSON.parse(readFileSync(join(packageDir, 'test/workflow/documents/lead-enrichment-v1.json'), 'utf8')),
);

describe('the document as it is printed', () => {
  it('compiles, and the plan says how it was read', () => {
    const plan = compile(document);
    expect(plan.order).toEqual(asJsonArray(document.nodes).map((node) => asJsonObject(node).id));
    const rules = plan.normalised?.map(({ node, rule }) => `${node} ${rule}`);
    expect(rules).toEqual([
      'input-1 single-row',
      'input-1 json-columns',
      'scraper-1 provider',
      'scraper-1 settings',
      'llm-1 provider',
      'llm-1 answer-schema',
      'enrichment-1 provider',
      'enrichment-1 for-each-item',
      'email-finder-1 provider',
      'email-finder-1 for-each-item',
      'filter-1 list',
      'embeddings-1 provider',
      'embeddings-1 settings',
      'embeddings-1 list',
      'output-1 workflow-input',
    ]);
  });
});

describe('a run against services that delay, limit and fail', () => {
  const dir = tempDir('lead');
  let services: LeadServices;
  beforeAll(async () => {
    services = await startLeadServices();
    mkdirSync(join(dir, 'presets'), { recursive: true });
    for (const [name, preset] of Object.entries(services.presets))
      writeFileSync(join(dir, 'presets', `${name}.json`), JSON.stringify(preset));
    const sqlite = new Sqlite(join(dir, 'leads.db'));
    sqlite.exec(`
      CREATE TABLE source_audiences (id TEXT, name TEXT, type TEXT, urls TEXT);
      INSERT INTO source_audiences VALUES ('aud-1', 'Fans', 'instagram', '["https://example.org/p/1"]');
      CREATE TABLE shared_audiences (row_key TEXT PRIMARY KEY, sourceAudienceId TEXT, contacts TEXT, metadata TEXT);
    `);
    sqlite.close();
  });
  afterAll(() => services.close());

  it('enriches 150 contacts, counts 150 calls for 3.00 USD, and stores one row', async () => {
    const secrets = [
      'APIFY_TOKEN',
      'OPENROUTER_API_KEY',
      'APOLLO_API_KEY',
      'HUNTER_API_KEY',
      'MIXEDBREAD_API_KEY',
    ];
    const presets = readPresets([
      { dir: join(packageDir, 'presets'), isOwn: false },
      { dir: join(dir, 'presets'), isOwn: true },
    ]);
    const remote = remoteWith(Object.fromEntries(secrets.map((name) => [name, `${name}-value`])), {
      presets,
      prompts: shippedPrompts,
    });
    const outside = outsideOf(dir, [
      { name: 'default', kind: 'sqlite', isWritable: true, path: join(dir, 'leads.db') },
    ]);
    const stores = openSqliteStores(null);
    const runs = createRuns({
      bus: shelfBus(emptyShelf()),
      log: silentLog,
      store: stores.runs,
      artifacts: stores.artifacts,
      outside,
      remote,
    });
    const { executionId, done } = runs.start(compile(document));
    const result = await done;
    expect(result.ok ? '' : result.error).toBe('');
    const rows = new Map(
      asJsonArray(asJsonObject(result.data).results)
        .map(asJsonObject)
        .map((row) => [String(row.node), row]),
    );
    expect(rows.get('enrichment-1')).toMatchObject({
      data: { cost: { apiCalls: 150, costPerCall: 0.02, totalCost: 3, currency: 'USD' } },
    });
    const status = await runs.status(executionId);
    expect(status.nodes.map(({ state }) => state)).toEqual(Array.from({ length: 8 }, () => 'done'));
    expect(Object.fromEntries(services.answered)).toEqual({
      scrape: 1,
      model: 1,
      match: 150,
      find: 50,
      embed: 15,
    });
    const sqlite = new Sqlite(join(dir, 'leads.db'));
    const stored = sqlite.prepare('SELECT * FROM shared_audiences').all();
    sqlite.close();
    expect(stored).toHaveLength(1);
    const [row] = stored.map((one) => asJsonObject(one));
    expect(row?.sourceAudienceId).toBe('aud-1');
    const contacts = asJsonArray(JSON.parse(String(row?.contacts))).map(asJsonObject);
    expect(contacts).toHaveLength(150);
    expect(contacts[2]).toMatchObject({
      firstName: 'First02',
      company: 'Studio',
      phone: '+39 1',
      email: 'First02@found.example',
    });
    expect(asJsonArray(contacts[0]?.embedding)).toHaveLength(1024);
    runs.close();
    await stores.close();
  });
});
