import type { JsonObject } from '../json.ts';
import type { Ordered } from './run-store.ts';

/** One version of a workflow in a list: without its document. */
export type LibraryEntry = {
  readonly workflowId: string;
  /** Counted from 1; every save of a changed document makes a new one. */
  readonly version: number;
  readonly name: string | null;
  readonly description: string | null;
  readonly savedAtMs: number;
  /** Versions kept of this workflow. */
  readonly versions: number;
};

export type LibraryWorkflow = LibraryEntry & { readonly document: JsonObject };

/** What a list of workflows can be ordered by. */
export const libraryOrders = ['workflowId', 'name', 'savedAtMs'] as const;

export interface LibraryFilter extends Pick<Ordered<(typeof libraryOrders)[number]>, 'sortBy' | 'sortOrder'> {
  /** Part of the id, name or description, without case. */
  readonly text?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Where workflows are kept under their workflowId, in versions; kill-safe. */
export interface WorkflowLibrary {
  /** Keeps the document as the newest version; one equal to the newest makes no new version. */
  save(workflow: {
    readonly workflowId: string;
    readonly name: string | null;
    readonly description: string | null;
    readonly document: JsonObject;
  }): Promise<{ readonly version: number; readonly isNew: boolean }>;
  /** The newest version, or the one asked for; undefined when there is none. */
  get(workflowId: string, version?: number): Promise<LibraryWorkflow | undefined>;
  /** The newest version of each workflow, by workflowId unless another order is asked for. */
  list(filter: LibraryFilter): Promise<{ readonly entries: readonly LibraryEntry[]; readonly total: number }>;
  /** Every version of a workflow, the newest first. */
  versions(workflowId: string): Promise<readonly LibraryEntry[]>;
  /** Deletes one version, or the whole workflow; gives the number of versions deleted. */
  delete(workflowId: string, version?: number): Promise<number>;
}
