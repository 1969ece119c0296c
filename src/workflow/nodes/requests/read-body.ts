import { WwiseFlowError } from '../../../core/errors.ts';
import type { Json } from '../../../core/json.ts';
import { jsonSize } from '../../../core/json-bounds.ts';
import type { Outside } from '../../../core/outside/outside.ts';
import { parseJsonSteps } from '../../../core/parse-json-steps.ts';
import { withoutSecrets } from '../../../core/secrets/known-secrets.ts';
import { visibleText } from '../../../core/text/visible-text.ts';
import { inTurns } from '../../../core/turns/turns.ts';
import { type HttpAnswer, plainAddress } from '../../remote/http/http-request.ts';

/** What an answer holds, as a value. Throws ANSWER_UNREADABLE for what is no JSON and should be, and for what is no text. */
export async function readAnswerBody(answer: HttpAnswer, mustBeJson: boolean): Promise<Json> {
  const { bytes, headers, status } = answer;
  const type = (headers['content-type'] ?? '').toLowerCase();
  if (bytes.length === 0 && (status === 204 || !mustBeJson)) return null;
  const saysJson = /\bjson\b/.test(type);
  if (mustBeJson || saysJson) return parsedJson(answer);
  if (type === '' || /^text\/|xml|javascript|x-www-form-urlencoded|charset=/.test(type))
    return bytes.toString('utf8');
  throw new WwiseFlowError(
    'ANSWER_UNREADABLE',
    `${plainAddress(answer.url)} answered with ${type}, which is no text.`,
    {
      hint: 'Save it as a file: "saveAs": "sounds/new.wav".',
      details: { url: plainAddress(answer.url), contentType: type, bytes: bytes.length },
    },
  );
}

async function parsedJson({ bytes, url }: HttpAnswer): Promise<Json> {
  const { excess } = await inTurns(jsonSize(bytes, { deepest: 200, mostValues: 2_000_000 }));
  let problem = excess === null ? undefined : `it ${excess}`;
  if (problem === undefined) {
    try {
      return await inTurns(parseJsonSteps(bytes.toString('utf8')));
    } catch (thrown) {
      problem = thrown instanceof Error ? thrown.message : String(thrown);
    }
  }
  const begins = visibleText(withoutSecrets(bytes.subarray(0, 200).toString('utf8')));
  throw new WwiseFlowError(
    'ANSWER_UNREADABLE',
    `The answer of ${plainAddress(url)} is no JSON: ${problem}.`,
    {
      hint: 'Ask for JSON with an "accept" header, or look whether the address is that of a page.',
      details: { url: plainAddress(url), begins },
    },
  );
}

/** Writes what came into a file. Rejects with FILE_CONFLICT where another one is there and may not be replaced. */
export async function saveAnswer(
  { bytes, headers }: HttpAnswer,
  path: string,
  mayReplace: boolean,
  outside: Outside,
): Promise<Json> {
  const written = await outside.writeFile(path, bytes, mayReplace ? 'replace' : 'new');
  return { file: written.path, bytes: bytes.length, contentType: headers['content-type'] ?? null };
}
