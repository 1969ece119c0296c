import { setTimeout as sleep } from 'node:timers/promises';
import type { Hono } from 'hono';
import type { JsonObject } from '../../../src/core/json.ts';
import { type StandIn, startStandIn } from '../../harness/stand-in-service.ts';

/** Stand-ins for the five services of the lead enrichment: they fail now and then, limit and answer like the real ones. */
export interface LeadServices {
  readonly all: StandIn;
  /** Presets that lead to them. */
  readonly presets: Readonly<Record<string, JsonObject>>;
  /** What was asked and answered well, by path. */
  readonly answered: Map<string, number>;
  /** The same in their order, each as the node of the document and its call: `enrichment-1 12`. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** What the scraper answers. */
export const leadComments: readonly JsonObject[] = Array.from({ length: 50 }, (_, at) => ({
  id: String(at),
  text: `Comment ${at}`,
  ownerUsername: `user${at}`,
  timestamp: '2026-01-09T10:00:00Z',
}));

/** `delayMs`: how long each of them takes to answer. */
export async function startLeadServices(delayMs = 0): Promise<LeadServices> {
  const answered = new Map<string, number>();
  const requests: string[] = [];
  const failures = new Map<string, number>();
  const count = (path: string) => answered.set(path, (answered.get(path) ?? 0) + 1);
  /** Every so many requests of a kind fail once. */
  const failsNow = (path: string, every: number): boolean => {
    const asked = (failures.get(path) ?? 0) + 1;
    failures.set(path, asked);
    return asked % every === 0;
  };
  const routes = (app: Hono): void => {
    if (delayMs > 0)
      app.use(async (_, next) => {
        await sleep(delayMs);
        await next();
      });
    app.post('/v2/acts/:actor/run-sync-get-dataset-items', (c) => {
      if (failsNow('scrape', 1_000)) return c.text('', 500);
      count('scrape');
      requests.push('scraper-1 only');
      return c.json([...leadComments]);
    });
    app.post('/chat/completions', async (c) => {
      const { messages } = await c.req.json();
      count('model');
      const answer = (content: object) =>
        c.json({
          model: 'stand-in',
          choices: [{ message: { content: JSON.stringify(content) } }],
          usage: { prompt_tokens: 100, completion_tokens: 50 },
        });
      const { content } = messages.at(-1);
      if (content.startsWith('Judge')) {
        const texts: unknown[] = JSON.parse(content.slice(content.indexOf('[')));
        return answer({ sentiments: texts.map((_, at) => (at % 5 === 0 ? 'negative' : 'positive')) });
      }
      if (content.startsWith('What is')) return answer({ interests: [{ name: 'foley', confidence: 0.9 }] });
      requests.push('llm-1 0');
      const comments: { id: string }[] = JSON.parse(content.split('comments:\n')[1]);
      const contacts = comments.flatMap(({ id }) =>
        [0, 1, 2].map((at) => ({
          firstName: `First${id}${at}`,
          lastName: `Last${id}`,
          ...(at === 2 ? {} : { email: `p${id}.${at}@example.org` }),
          confidence: 0.9,
        })),
      );
      return answer({ contacts, metadata: { totalContacts: contacts.length } });
    });
    app.post('/api/v1/people/match', async (c) => {
      if (failsNow('match', 60)) return c.text('slow down', 429, { 'retry-after-ms': '5' });
      if (failsNow('match again', 70)) return c.text('oops', 500);
      const { first_name: first } = await c.req.json();
      count('match');
      requests.push(`enrichment-1 ${indexOf(String(first))}`);
      return c.json({
        person: {
          title: 'Sound designer',
          employment_history: [{ organization_name: 'Studio' }],
          linkedin_url: `https://example.org/in/${first}`,
          contact: { phone_numbers: [{ raw_number: '+39 1' }] },
        },
      });
    });
    app.get('/v2/email-finder', (c) => {
      count('find');
      requests.push(`email-finder-1 ${indexOf(c.req.query('first_name') ?? '')}`);
      return c.json({ data: { email: `${c.req.query('first_name')}@found.example`, score: 80 } });
    });
    app.get('/v2/email-verifier', (c) => {
      count('verify');
      return c.json({ data: { status: 'valid', score: 90 } });
    });
    app.post('/v1/embeddings', async (c) => {
      const { input } = await c.req.json();
      count('embed');
      return c.json({ data: input.map(() => ({ embedding: Array.from({ length: 1024 }, () => 0.5) })) });
    });
  };
  const all = await startStandIn(routes);
  const at = (name: string): JsonObject => ({
    extends: name,
    baseUrl: all.url,
    rateLimit: { requests: 1_000, perMs: 100 },
  });
  const names = ['apify', 'openrouter', 'apollo', 'hunter', 'mixedbread'];
  return {
    all,
    answered,
    requests,
    presets: Object.fromEntries(names.map((name) => [name, at(name)])),
    close: all.close,
  };
}

/** Which contact it is, by its name "First<comment><person>": there are three of each comment. */
function indexOf(firstName: string): number {
  const digits = firstName.replace('First', '');
  return Number(digits.slice(0, -1)) * 3 + Number(digits.slice(-1));
}
