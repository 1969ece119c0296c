import { setTimeout as sleep } from 'node:timers/promises';
import { asJsonObject, type JsonObject } from '../../../src/core/json.ts';

const tries = 5;
const timeoutMs = 300_000;

/**
 * Posts JSON and gives the JSON that comes back. An endpoint that is busy, or failed itself, is asked again after 1, 2, 4 and 8
 * seconds, or when it says. Throws with its status and words otherwise; a key is in neither.
 */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: JsonObject,
): Promise<JsonObject> {
  for (let nth = 1; ; nth++) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (answer.ok) return asJsonObject(await answer.json());
    const text = (await answer.text()).slice(0, 500);
    const isBusy = answer.status === 429 || answer.status >= 500;
    if (!isBusy || nth === tries) throw new Error(`The model endpoint answers ${answer.status}: ${text}`);
    const wishedSeconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    await sleep(Number.isFinite(wishedSeconds) ? Math.min(wishedSeconds, 60) * 1000 : 1000 * 2 ** (nth - 1));
  }
}
