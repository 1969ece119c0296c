import type { GatedWrite } from '../../core/backend/no-effect-yet.ts';
import { asJsonArray, isJsonObject } from '../../core/json.ts';
import { visitInTurns } from '../../core/turns/turns.ts';
import { onlyReads } from '../connection/reading-functions.ts';
import type { Waapi } from '../connection/waapi.ts';
import { withCall } from '../connection/with-call.ts';
import { refOf } from '../objects/rows/object-row.ts';
import { gatedWritesOf } from './gated-writes.ts';

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
      await visitInTurns(asJsonArray(answer.return), (row) => {
        if (!isJsonObject(row)) return;
        const { id, type } = refOf(row);
        if (id !== '' && type !== '') types.set(id, type);
      });
    } else if (!onlyReads(uri)) {
      const writes = gatedWritesOf(uri, args ?? {}, answer, typeOf);
      if (writes.length > 0) report(writes);
    }
    return answer;
  });
}
