/**
 * Texts that another store has as well, kept where they are read faster. Whoever asks for one knows which version it must be, by its
 * key or by what stands in it, so that what is found is right whatever was lost meanwhile.
 */
export interface HotTexts {
  /** Those that are there, in the order of the keys. Never rejects: what cannot be asked for is undefined. */
  getMany(keys: readonly string[]): Promise<readonly (string | undefined)[]>;
  /** Keeps a text for an hour from now on. Nobody waits for it; it may come to nothing. */
  keep(key: string, text: string): void;
}
