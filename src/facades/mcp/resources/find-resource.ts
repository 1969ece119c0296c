import type { Result } from '../../../core/result.ts';
import type { ChangesWith, ResourceCatalog, ResourceText } from './resource.ts';

/** A resource at an address, of whatever kind. */
export interface FoundResource {
  readonly mimeType: string;
  readonly changesWith: ChangesWith;
  read(): Promise<Result | ResourceText>;
}

/** What an address names; undefined for one that names nothing. Whether there is such an object or run is seen when it is read. */
export function findResource(uri: string, { fixed, families }: ResourceCatalog): FoundResource | undefined {
  const known = fixed.find((one) => one.uri === uri);
  if (known !== undefined) return known;
  for (const family of families) {
    const value = valueIn(uri, family.uriTemplate);
    if (value === undefined) continue;
    const { mimeType, changesWith } = family;
    return { mimeType, changesWith, read: () => family.read(value) };
  }
  return undefined;
}

/**
 * The value of the one variable of a template. It may hold slashes and backslashes, and need not be encoded: a person pastes a
 * path as Wwise writes it.
 */
function valueIn(uri: string, template: string): string | undefined {
  const [before = '', after = ''] = template.split(/\{\w+\}/);
  if (!uri.startsWith(before) || !uri.endsWith(after)) return undefined;
  const value = uri.slice(before.length, uri.length - after.length);
  return value === '' || uri.length < before.length + after.length ? undefined : decoded(value);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
