import { MIMEType } from 'node:util';
import { WwiseFlowError } from '../../../core/errors.ts';

/**
 * A body as a form.
 * @throws WwiseFlowError INVALID_INPUT for what is none, or has too many parts: they are counted before any is parsed
 */
export async function parseForm(content: Buffer, contentType: string | null): Promise<FormData> {
  const type = contentType ?? '';
  if (/^multipart\/form-data\s*;/i.test(type)) {
    if (hasMoreParts(content, boundaryOf(type))) throw noForm(`The form has more than ${mostParts} parts.`);
    try {
      const body = new Uint8Array(content);
      return await new Response(body, { headers: { 'content-type': type } }).formData();
    } catch (cause) {
      throw noForm('The body is not the form it is declared as.', cause);
    }
  }
  throw noForm(`The body is declared as "${type.slice(0, 100)}".`);
}

/** Parsing and keeping a part costs far more than its bytes say. */
const mostParts = 1_000;

/** As the parser will read it; undefined where there is none, or no type: the parser then refuses it. */
function boundaryOf(type: string): string | undefined {
  try {
    return new MIMEType(type).params.get('boundary') ?? undefined;
  } catch {
    return undefined;
  }
}

function hasMoreParts(content: Buffer, boundary: string | undefined): boolean {
  if (boundary === undefined) return false;
  const mark = Buffer.from(`--${boundary}`);
  let at = -1;
  // One more ends the form.
  for (let marks = 0; marks <= mostParts + 1; marks += 1) {
    at = content.indexOf(mark, at + 1);
    if (at === -1) return false;
  }
  return true;
}

function noForm(message: string, cause?: unknown): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', message, {
    hint: 'Send multipart/form-data of few files, as `curl -F file=@step.wav` does.',
    cause,
  });
}
