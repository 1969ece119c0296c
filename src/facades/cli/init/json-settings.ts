import {
  applyEdits,
  type FormattingOptions,
  modify,
  type ParseError,
  parse,
  printParseErrorCode,
} from 'jsonc-parser';
import { WwiseFlowError } from '../../../core/errors.ts';
import { isJsonObject, type JsonObject } from '../../../core/json.ts';
import type { Settings } from './settings-file.ts';
import { withoutProperty } from './without-property.ts';

/** JSON with comments and commas at ends, as editors keep it: everything but the entry stays as it is, to the byte. */
export const jsonSettings: Settings = {
  read: (text, { table, name }, filePath) => {
    const servers = rootOf(text, filePath)[table];
    return isJsonObject(servers) ? servers[name] : undefined;
  },
  write: (text, { table, name }, entry) => edited(text === '' ? '{}\n' : text, [table, name], entry),
  remove: (text, { table, name }, filePath) => {
    const servers = rootOf(text, filePath)[table];
    const isOnlyOne = isJsonObject(servers) && Object.keys(servers).every((key) => key === name);
    return withoutProperty(text, isOnlyOne ? [table] : [table, name]);
  },
};

function rootOf(text: string, filePath: string) {
  if (text.trim() === '') return {};
  const problems: ParseError[] = [];
  const root: unknown = parse(text, problems, { allowTrailingComma: true });
  const [first] = problems;
  if (first === undefined && isJsonObject(root)) return root;
  const line = text.slice(0, first?.offset ?? 0).split('\n').length;
  const what =
    first === undefined ? 'is no JSON object' : `${printParseErrorCode(first.error)} in line ${line}`;
  throw new WwiseFlowError('FILE_UNREADABLE', `${filePath} is not JSON that can be added to: ${what}.`, {
    hint: 'Repair it, or add by hand what --print shows. Nothing was written.',
    details: { filePath },
  });
}

function edited(text: string, path: readonly string[], value: JsonObject): string {
  const formattingOptions = formatOf(text);
  return applyEdits(text, modify(text, [...path], value, { formattingOptions }));
}

/** As the file itself is written. */
function formatOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}
