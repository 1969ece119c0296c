import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'libsql';
import PQueue from 'p-queue';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../src/core/json.ts';

/** Requests under way at once: as many as a node has. */
const CONCURRENCY = 4;
const MOST_RETRIES = 3;

/** The enrichment of the leads as somebody writes it who needs no engine: the same requests, the same rows. */
export async function runHardCoded(url: string, databasePath: string): Promise<void> {
  const database = new Sqlite(databasePath);
  const audience = asJsonObject(database.prepare('SELECT * FROM source_audiences').get());
  const comments = asJsonArray(
    await ask(`${url}/v2/acts/apify~instagram-comment-scraper/run-sync-get-dataset-items`, {
      directUrls: JSON.parse(asString(audience.urls) ?? '[]'),
      resultsLimit: 1_000,
    }),
  );
  const answer = await ask(`${url}/chat/completions`, {
    model: 'mistralai/mistral-7b-instruct:free',
    messages: [{ role: 'user', content: `Extract the contacts\ncomments:\n${JSON.stringify(comments)}` }],
  });
  const [choice] = asJsonArray(asJsonObject(answer).choices).map(asJsonObject);
  const text = asString(asJsonObject(choice?.message).content) ?? '{}';
  let contacts = asJsonArray(asJsonObject(JSON.parse(text)).contacts).map(asJsonObject);
  contacts = await each(contacts, async (contact) => {
    const { person } = asJsonObject(
      await ask(`${url}/api/v1/people/match`, {
        first_name: contact.firstName ?? null,
        email: contact.email ?? null,
      }),
    );
    const { title, employment_history: jobs, linkedin_url: linkedin, contact: known } = asJsonObject(person);
    const [job] = asJsonArray(jobs).map(asJsonObject);
    const [phone] = asJsonArray(asJsonObject(known).phone_numbers).map(asJsonObject);
    return { ...contact, title, linkedin, company: job?.organization_name, phone: phone?.raw_number };
  });
  contacts = await each(contacts, async (contact) => {
    if (asString(contact.email) !== undefined) return contact;
    const found = await ask(
      `${url}/v2/email-finder?first_name=${encodeURIComponent(asString(contact.firstName) ?? '')}`,
    );
    return { ...contact, email: asJsonObject(asJsonObject(found).data).email };
  });
  contacts = contacts.filter(({ email, firstName }) => email !== undefined && firstName !== undefined);
  const batches = Array.from({ length: Math.ceil(contacts.length / 10) }, (_, at) =>
    contacts.slice(at * 10, at * 10 + 10),
  );
  const queue = new PQueue({ concurrency: CONCURRENCY });
  const embedded = await queue.addAll(
    batches.map((batch) => async () => {
      const input = batch.map(({ firstName, lastName, company, title }) =>
        [firstName, lastName, company, title].join(' '),
      );
      const { data } = asJsonObject(await ask(`${url}/v1/embeddings`, { input }));
      const vectors = asJsonArray(data).map(asJsonObject);
      return batch.map((contact, at) => ({ ...contact, embedding: vectors[at]?.embedding }));
    }),
  );
  database
    .prepare('INSERT INTO shared_audiences VALUES (?, ?, ?)')
    .run(asString(audience.id) ?? '', JSON.stringify(embedded.flat()), '{}');
  database.close();
}

function each(
  contacts: readonly JsonObject[],
  work: (contact: JsonObject) => Promise<JsonObject>,
): Promise<JsonObject[]> {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  return queue.addAll(contacts.map((contact) => () => work(contact)));
}

/** POSTs where there is a body. What is limited or fails is asked again. */
async function ask(url: string, body?: Json, retries = MOST_RETRIES): Promise<Json> {
  const response = await fetch(url, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', authorization: 'Bearer key-of-the-service' },
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  if (retries === 0) throw new Error(`${url}: ${response.status}`);
  // The policy that the document has, with its jitter.
  const backOffMs = 1_000 * 2 ** (MOST_RETRIES - retries) * (1 + Math.random());
  await sleep(Math.max(backOffMs, Number(response.headers.get('retry-after-ms') ?? 0)));
  return ask(url, body, retries - 1);
}
