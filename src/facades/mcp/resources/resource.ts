import type { Result } from '../../../core/result.ts';

/** What of a workspace makes a resource another one: its runs, its project, any of the two, or nothing that is announced. */
export type ChangesWith = 'runs' | 'project' | 'both' | 'nothing';

export interface ResourceText {
  readonly text: string;
  readonly mimeType: string;
}

/** What is said of a resource, or of all that come of a template, in a list. */
interface ResourceFacts {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
  readonly changesWith: ChangesWith;
}

/** A resource at one address. */
export interface FixedResource extends ResourceFacts {
  readonly uri: string;
  /** May throw WwiseFlowError. */
  read(): Promise<Result | ResourceText>;
}

/** Resources that differ in one part of their address. */
export interface ResourceFamily extends ResourceFacts {
  /** With one variable: `wwiseflow://objects/{object}`. */
  readonly uriTemplate: string;
  /** Where values of the variable come from, as `completions/sources.ts` names it. */
  readonly values: string;
  read(value: string): Promise<Result | ResourceText>;
}

export interface ResourceCatalog {
  /** In listing order. */
  readonly fixed: readonly FixedResource[];
  /** In listing order, which is the order they are matched in. */
  readonly families: readonly ResourceFamily[];
}
