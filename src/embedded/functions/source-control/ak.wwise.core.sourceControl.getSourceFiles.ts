import { asJsonArray, asString, type Json, type JsonObject } from '../../../core/json.ts';
import { returnRow } from '../../waql/return-row.ts';
import { defineFunction } from '../define-function.ts';
import { listOriginals, type SourceEntry } from './list-originals.ts';

/** The folders and files of the Originals, or of one folder in them, with who uses them; and files that are used but missing. */
export const sourceControlGetSourceFiles = defineFunction({
  uri: 'ak.wwise.core.sourceControl.getSourceFiles',
  run(args, options, { project }) {
    const wanted = new Set(options.return === undefined ? allMembers : asJsonArray(options.return));
    const expressions = asJsonArray(options.objectReturn).map(String);
    const objectReturn = expressions.length === 0 ? ['id', 'name'] : expressions;
    const entries = listOriginals(project, {
      folder: asString(args.folder) ?? '',
      recursive: args.recursive !== false,
    });
    const rows = entries.filter((entry) => passes(entry, args.filter)).map(row);
    return { return: rows.filter((one) => Object.keys(one).length > 0) };

    function row(entry: SourceEntry): JsonObject {
      if (entry.kind === 'folder') return wanted.has('folder') ? { folder: entry.path } : {};
      const { path, users, isMissing } = entry;
      const usage = users.map((user) => returnRow(project.model, user, objectReturn));
      return {
        ...(wanted.has('file') ? { file: path } : {}),
        ...(wanted.has('isUsed') ? { isUsed: users.length > 0 } : {}),
        ...(wanted.has('isMissing') ? { isMissing } : {}),
        ...(wanted.has('usage') && usage.length > 0 ? { usage } : {}),
      };
    }
  },
});

const allMembers: readonly Json[] = ['file', 'folder', 'isUsed', 'isMissing', 'usage'];

function passes(entry: SourceEntry, filter: Json | undefined): boolean {
  if (filter !== 'used' && filter !== 'unused') return true;
  return entry.kind === 'file' && entry.users.length > 0 === (filter === 'used');
}
