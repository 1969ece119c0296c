import { asJsonArray, type Json } from '../../../core/json.ts';
import { searchPool } from '../../media-pool/search-pool.ts';
import { defineFunction } from '../define-function.ts';

/** Finds WAVE files in the Originals, the one database of a project without Wwise; by default path, id and database of each. */
export const mediaPoolGet = defineFunction({
  uri: 'ak.wwise.core.mediaPool.get',
  run(args, options, { project }) {
    const asked = asJsonArray(options.return).map(String);
    const wanted = asked.length === 0 ? ['Path', 'FileId', 'Db'] : asked;
    const rows = searchPool(project, args).map((file) => {
      const row: Record<string, Json> = {};
      for (const name of wanted) {
        const value = file.value(name);
        if (value !== undefined) row[name] = value;
      }
      return row;
    });
    return { return: rows };
  },
});
