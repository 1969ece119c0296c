import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Waapi } from '../../connection/waapi.ts';

/** Rows (`id`, `type`, `path`) of what refers to an object, by its GUID or path. */
export async function usersOf(id: string, waapi: Waapi): Promise<readonly JsonObject[]> {
  const answer = await waapi.call(
    'ak.wwise.core.object.get',
    { waql: `$ "${id}" select referencesTo` },
    { return: ['id', 'type', 'path'] },
  );
  return asJsonArray(answer.return).filter(isJsonObject);
}
