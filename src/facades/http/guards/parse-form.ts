import { WwiseFlowError } from '../../../core/errors.ts';

/** A body as a form. @throws WwiseFlowError INVALID_INPUT for what is none */
export async function parseForm(content: Buffer, contentType: string | null): Promise<FormData> {
  const type = contentType ?? '';
  if (/^multipart\/form-data\s*;/i.test(type)) {
    try {
      const body = new Uint8Array(content);
      return await new Response(body, { headers: { 'content-type': type } }).formData();
    } catch (cause) {
      throw noForm('The body is not the form it is declared as.', cause);
    }
  }
  throw noForm(`The body is declared as "${type.slice(0, 100)}".`);
}

function noForm(message: string, cause?: unknown): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', message, {
    hint: 'Send multipart/form-data, as `curl -F file=@step.wav` does.',
    cause,
  });
}
