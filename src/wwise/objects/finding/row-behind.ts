import { asJsonArray, isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { CallControl } from '../../connection/waapi.ts';
import { refReturns } from '../rows/object-row.ts';
import type { FindOptions } from './find-object.ts';

/**
 * Makes a change and asks for the row of one object right behind it. Gives the answer of the change; `row` undefined where none
 * came along, or more than one: then it is to be asked for. Rejects like the change.
 */
export async function withRowBehind<T>(
  designator: string,
  { returns = [], platform }: FindOptions,
  change: (control: CallControl) => Promise<T>,
): Promise<{ readonly answer: T; readonly row: JsonObject | undefined }> {
  let behind: Promise<JsonObject | undefined> | undefined;
  const answer = await change({
    readBehind: {
      waql: `$ "${designator}"`,
      options: {
        return: [...new Set([...refReturns, ...returns])],
        ...(platform === undefined ? {} : { platform }),
      },
      onSent: (sent) => {
        behind = sent;
      },
    },
  });
  const rows = asJsonArray((await behind)?.return).filter(isJsonObject);
  return { answer, row: rows.length === 1 ? rows[0] : undefined };
}
