/** What a statement may have for a parameter. */
export type SqlValue = string | number | boolean | null | readonly string[];

/** A piece of a statement, to stand in another one. */
export class SqlPart {
  readonly strings: readonly string[];
  readonly values: readonly (SqlValue | SqlPart)[];

  constructor(strings: readonly string[], values: readonly (SqlValue | SqlPart)[]) {
    this.strings = strings;
    this.values = values;
  }
}

/** A row as it comes: numbers for `integer` and `double precision`, texts for `bigint`. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of an answer, and how many were found or changed. */
export type Rows = readonly Row[] & { readonly count: number };

/** Executes a statement. What stands in it as `${value}` is a parameter, never text; a part stands as itself. */
export type Query = (
  strings: TemplateStringsArray,
  ...values: readonly (SqlValue | SqlPart)[]
) => Promise<Rows>;

/** A piece of a statement. */
export function part(strings: TemplateStringsArray, ...values: readonly (SqlValue | SqlPart)[]): SqlPart {
  return new SqlPart(strings, values);
}

/** Names of columns, which come from this program alone. */
export function columns(...names: readonly string[]): SqlPart {
  return new SqlPart([names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ')], []);
}

/** The text with `$1`, `$2` and what stands for them. */
export function statementOf(whole: SqlPart): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const textOf = ({ strings, values: given }: SqlPart): string =>
    strings.reduce((text, string, index) => {
      const value = given[index];
      if (index >= given.length || value === undefined) return text + string;
      if (value instanceof SqlPart) return text + string + textOf(value);
      values.push(value);
      return `${text}${string}$${values.length}`;
    }, '');
  return { text: textOf(whole), values };
}
