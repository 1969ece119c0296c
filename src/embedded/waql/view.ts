import type { JsonObject } from '../../core/json.ts';
import { nearest } from '../../core/text/nearest.ts';
import type { NamedId, ProjectModel } from '../model/model.ts';
import { waapiErrors } from '../protocol/waapi-errors.ts';

/** Whose values a query or row shows: platform and language by name. Absent: the first platform, the default language. */
export interface View {
  readonly platform?: string | undefined;
  readonly language?: string | undefined;
}

/**
 * The view that `options.platform` and `options.language` ask for, each a name or a GUID. Throws
 * ak.wwise.invalid_arguments, with the nearest known names, for one the project does not have.
 */
export function viewOf(model: ProjectModel, options: JsonObject): View {
  return {
    platform: nameIn(model.platforms, 'platform', options.platform),
    language: nameIn(model.languages, 'language', options.language),
  };
}

function nameIn(known: readonly NamedId[], option: string, wanted: unknown): string | undefined {
  if (typeof wanted !== 'string') return undefined;
  const lower = wanted.toLowerCase();
  const found = known.find(({ id, name }) => id.toLowerCase() === lower || name.toLowerCase() === lower);
  if (found !== undefined) return found.name;
  const names = known.map(({ name }) => name);
  throw waapiErrors.invalidArguments(`The ${option} "${wanted}" is unknown.`, {
    argumentName: option,
    [option]: wanted,
    known: names,
    didYouMean: nearest(wanted, names),
  });
}
