import { asJsonArray, isJsonObject } from '../../core/json.ts';
import { onlyReads } from '../../wwise/connection/reading-functions.ts';
import type { Waapi } from '../../wwise/connection/waapi.ts';
import { withCall } from '../../wwise/connection/with-call.ts';
import { refOf } from '../../wwise/objects/object-row.ts';
import { type GatedWrite, gatedWritesOf } from './gated-writes.ts';

/**
 * The same connection; each answered call that wrote to members whose effect depends on an override is reported. Costs no
 * call: types come from the rows that pass by.
 */
export function watchWrites(waapi: Waapi, report: (writes: readonly GatedWrite[]) => void): Waapi {
  const types = new Map<string, string>();
  const typeOf = (object: string) => types.get(object.toUpperCase());
  return withCall(waapi, async (uri, args, options, control) => {
    const answer = await waapi.call(uri, args, options, control);
    if (uri === 'ak.wwise.core.object.get') {
      for (const row of asJsonArray(answer.return)) {
        if (!isJsonObject(row)) continue;
        const { id, type } = refOf(row);
        if (id !== '' && type !== '') types.set(id, type);
      }
    } else if (!onlyReads(uri)) {
      const writes = gatedWritesOf(uri, args ?? {}, answer, typeOf);
      if (writes.length > 0) report(writes);
    }
    return answer;
  });
}
