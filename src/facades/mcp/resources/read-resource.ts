import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { type ErrorCode, toWwiseFlowError } from '../../../core/errors.ts';
import { type Failure, failure } from '../../../core/result.ts';
import { nearest } from '../../../core/text/nearest.ts';
import { type FoundResource, findResource } from './find-resource.ts';
import type { ResourceCatalog, ResourceText } from './resource.ts';

/**
 * The text of the resource at an address.
 * @throws ProtocolError as of an unknown resource for an address that names nothing, and for an object, run or file that is not
 * there; -32603 with code and hint for what cannot be read now
 */
export async function readResource(uri: string, catalog: ResourceCatalog): Promise<ResourceText> {
  const found = findResource(uri, catalog);
  if (found === undefined) throw unknownResource(uri, catalog);
  const read = await tried(found);
  if ('text' in read) return read;
  const { code, error, hint, details, retryable } = read;
  const message = `${error} ${hint}`;
  if (isAbsent.has(code)) throw resourceNotFound(uri, message);
  throw new ProtocolError(ProtocolErrorCode.InternalError, message, { uri, code, hint, details, retryable });
}

/** As the protocol of 2025 numbers it; that of 2026 has another number for it, which the library puts there. */
export function resourceNotFound(uri: string, message: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.ResourceNotFound, message, { uri });
}

export function unknownResource(uri: string, { fixed, families }: ResourceCatalog): ProtocolError {
  const known = [...fixed.map((one) => one.uri), ...families.map(({ uriTemplate }) => uriTemplate)];
  const near = nearest(uri, known).join(', ');
  const instead = near === '' ? 'resources/list has those there are' : `Did you mean ${near}?`;
  return resourceNotFound(uri, `There is no resource "${uri.slice(0, 300)}": ${instead}`);
}

/** What there is not: anything else is a trouble that may pass, or one with the question. */
const isAbsent: ReadonlySet<ErrorCode> = new Set([
  'OBJECT_NOT_FOUND',
  'RUN_NOT_FOUND',
  'FILE_NOT_FOUND',
  'WORKFLOW_NOT_FOUND',
]);

async function tried(found: FoundResource): Promise<ResourceText | Failure> {
  try {
    const read = await found.read();
    if ('text' in read) return read;
    return read.ok ? { text: JSON.stringify(read.data), mimeType: found.mimeType } : read;
  } catch (thrown) {
    return failure(toWwiseFlowError(thrown));
  }
}
