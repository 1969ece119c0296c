/** A database as the configuration names it. */
export type NamedDatabase = {
  readonly name: string;
  /** Rows may be written. */
  readonly isWritable: boolean;
} & (
  | { readonly kind: 'sqlite'; readonly path: string }
  /** The address is read when it is needed: it holds a secret. */
  | { readonly kind: 'postgres'; readonly address: () => string }
);

export type NamedDatabases = readonly NamedDatabase[];
