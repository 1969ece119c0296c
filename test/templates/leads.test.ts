import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asJsonArray, type JsonObject } from '../../src/core/json.ts';
import { type LeadServices, startLeadServices } from '../workflow/documents/lead-services.ts';
import { databaseIn, rowsIn } from './database-here.ts';
import { presetsIn } from './presets-here.ts';
import { withTemplates } from './template-room.ts';

let services: LeadServices;
beforeAll(async () => {
  services = await startLeadServices();
});
afterAll(() => services.close());

const names = ['APIFY_TOKEN', 'OPENROUTER_API_KEY', 'APOLLO_API_KEY', 'HUNTER_API_KEY', 'MIXEDBREAD_API_KEY'];
const env = Object.fromEntries(names.map((name) => [`WWISEFLOW_SECRET_${name}`, `${name}-value`]));
const posts = { urls: ['https://example.org/p/1'], platform: 'instagram' };
const contacts = [
  { firstName: 'Ada', lastName: 'Low', email: 'ada@example.org', company: 'Studio' },
  { firstName: 'Bo', lastName: 'Ring', company: 'Studio' },
];

/** Runs one of them; gives the rows it stored, what it said and what the services were asked. */
async function leads(template: string, input: JsonObject) {
  services.answered.clear();
  let rows: readonly JsonObject[] = [];
  let said = '';
  await withTemplates(
    async ({ dir, ran }) => {
      const run = await ran(template, input);
      said = asJsonArray(run.messages)
        .map((one) => JSON.stringify(one))
        .join('\n');
      rows = rowsIn(dir, 'shared_audiences');
    },
    (dir) => [...databaseIn(dir), ...presetsIn(dir, services.presets)],
    env,
  );
  return { rows, said, answered: Object.fromEntries(services.answered) };
}

describe('leads', () => {
  it('standard: comments, contacts, enrichment, missing addresses, vectors', async () => {
    const { rows, said, answered } = await leads('leads-standard', posts);
    expect(answered).toEqual({ scrape: 1, model: 1, match: 150, find: 50, embed: 15 });
    expect(rows).toHaveLength(150);
    expect(rows[2]).toMatchObject({ email: 'First02@found.example', company: 'Studio', phone: '+39 1' });
    expect(JSON.parse(String(rows[0]?.embedding))).toHaveLength(1024);
    expect(said).toContain('Stored 150 contacts for 3 USD.');
  });

  it('deep: verified addresses, sentiment and interests as well', async () => {
    const { rows, said, answered } = await leads('leads-deep', posts);
    expect(answered).toMatchObject({ model: 3, match: 150, verify: 150, embed: 15 });
    expect(rows[0]).toMatchObject({ emailStatus: 'valid', interests: '["foley"]' });
    expect(said).toContain('Of 50 comments 40 are positive, 10 negative.');
  });

  it('quick: contacts that are known, enriched', async () => {
    const { rows, answered } = await leads('leads-quick', { contacts });
    expect(answered).toEqual({ match: 2 });
    expect(rows).toMatchObject([{ email: 'ada@example.org', title: 'Sound designer' }]);
  });

  it('addresses only: found and verified', async () => {
    const { rows, answered } = await leads('leads-email-only', { contacts });
    expect(answered).toEqual({ find: 1, verify: 2 });
    expect(rows).toMatchObject([
      { email: 'ada@example.org', emailStatus: 'valid' },
      { email: 'Bo@found.example', emailStatus: 'valid' },
    ]);
  });

  it('social only: comments and the contacts in them', async () => {
    const { rows, answered } = await leads('leads-social-only', posts);
    expect(answered).toEqual({ scrape: 1, model: 1 });
    expect(rows).toHaveLength(150);
  });
});
