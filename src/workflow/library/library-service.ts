import { pageCursor, pageFrom, pageStart } from '../../core/answers/page.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import { type Result, success } from '../../core/result.ts';
import type { LibraryFilter } from '../../core/stores/workflow-library.ts';
import type { Answer } from '../answered.ts';
import type { Commands } from '../nodes/catalog.ts';
import { compileFromLibrary } from './compile-from-library.ts';

import { exportFile } from './export-file.ts';
import { findWorkflow, type WorkflowSources } from './find-workflow.ts';
import { showWorkflow } from './show-workflow.ts';

/** Which workflow of the library; without a version the newest. */
export interface WorkflowAsked {
  readonly workflowId: string;
  readonly version?: number | undefined;
}

/** Workflows kept by name, in versions, to be run again. What is asked for by id fails with WORKFLOW_NOT_FOUND. */
export interface LibraryService {
  /** Keeps a document that compiles, under its own id or the given one. */
  save(kept: {
    readonly workflow: unknown;
    readonly workflowId?: string | undefined;
    readonly description?: string | undefined;
  }): Promise<Result>;
  /** A page of what is kept, and every example, that has the text in its id, name or description. */
  list(
    filter: Omit<LibraryFilter, 'offset'> & {
      readonly cursor?: string | undefined;
      /** So many are left out before the first; instead of a cursor. */
      readonly skip?: number | undefined;
      /** What the workflows may take of an answer. Default: what an agent is given at once. */
      readonly listBytes?: number | undefined;
    },
  ): Promise<Result>;
  /** The document with what is known about it, its versions included. */
  get(asked: WorkflowAsked): Promise<Result>;
  /** The same as an answer to show: of a long document a part, and the cursor that goes on. */
  show(asked: WorkflowAsked & { readonly cursor?: string | undefined }): Promise<Result>;
  /** Every version that is kept, the newest first; none of an example. */
  versions(workflowId: string): Promise<Result>;
  /** Deletes one version, or all of a workflow. Fails with INVALID_INPUT for an example. */
  delete(asked: WorkflowAsked): Promise<Result>;
  /** Writes the document to a new .json file in an allowed directory; see exportFile for the errors. */
  export(asked: WorkflowAsked & { readonly filePath: string }): Promise<Result>;
}

/** `exportDirs`: directories a caller may have files written to. */
export function createLibraryService(
  sources: WorkflowSources,
  commands: Commands,
  exportDirs: readonly string[],
  answer: Answer,
): LibraryService {
  const { library, examples } = sources;
  const versionsOf = async (workflowId: string) =>
    (await library.versions(workflowId)).map(({ version, savedAtMs }) => ({ version, savedAtMs }));
  const read = async ({ workflowId, version }: WorkflowAsked): Promise<JsonObject> => {
    const { document, ...found } = await findWorkflow(sources, workflowId, version);
    return { ...found, document, versions: (await versionsOf(workflowId)).slice(0, 50) };
  };
  return {
    save: ({ workflow, workflowId, description }) =>
      answer(async () => {
        const document = documentUnder(workflowId, workflow);
        const plan = await compileFromLibrary(document, commands, sources);
        const kept = await library.get(plan.workflowId);
        const saved = await library.save({
          workflowId: plan.workflowId,
          name: plan.name ?? null,
          description: description ?? kept?.description ?? null,
          document: { ...document, workflowId: plan.workflowId },
        });
        return success({ workflowId: plan.workflowId, ...saved, planHash: plan.planHash });
      }),
    list: ({ text = '', limit, cursor, skip = 0, sortBy, sortOrder, listBytes }) =>
      answer(async () => {
        const asked = { text, limit, sortBy, sortOrder };
        const start = skip > 0 ? pageCursor('workflow_list', asked, skip) : undefined;
        const wanted = { ...asked, cursor: cursor ?? start };
        const offset = pageStart('workflow_list', wanted);
        const { entries, total } = await library.list({ text, limit, offset, sortBy, sortOrder });
        const { items, ...rest } = pageFrom('workflow_list', wanted, entries, total, undefined, listBytes);
        const isFound = (value: string | null): boolean =>
          value?.toLowerCase().includes(text.toLowerCase()) ?? false;
        return success({
          workflows: items,
          examples: examples
            .filter(({ workflowId, name, description }) => [workflowId, name, description].some(isFound))
            .map(({ workflowId, name, description }) => ({ workflowId, version: null, name, description })),
          ...rest,
        });
      }),
    get: (asked) => answer(async () => success(await read(asked))),
    show: ({ cursor, ...asked }) => answer(async () => success(showWorkflow(await read(asked), cursor))),
    versions: (workflowId) =>
      answer(async () => {
        const versions = await versionsOf(workflowId);
        if (versions.length === 0) await findWorkflow(sources, workflowId);
        return success({ workflowId, versions });
      }),
    delete: ({ workflowId, version }) =>
      answer(async () => {
        const deletedVersions = await library.delete(workflowId, version);
        if (deletedVersions > 0) return success({ workflowId, deletedVersions });
        const found = await findWorkflow(sources, workflowId, version);
        throw new WwiseFlowError(
          'INVALID_INPUT',
          `"${found.workflowId}" is an example of WwiseFlow: it cannot be deleted.`,
          {
            hint: 'Save one under the same workflowId to have that one instead.',
            details: { workflowId },
          },
        );
      }),
    export: ({ workflowId, version, filePath }) =>
      answer(async () => {
        const { document } = await findWorkflow(sources, workflowId, version);
        const text = `${JSON.stringify(document, null, 2)}\n`;
        return success(await exportFile(filePath, '.json', text, exportDirs));
      }),
  };
}

/** The document as JSON, under another id when one is given. Text is left to the compiler when it is no JSON. */
function documentUnder(workflowId: string | undefined, given: unknown): JsonObject {
  const document = asJsonObject(parsed(given));
  return workflowId === undefined ? document : { ...document, workflowId };
}

function parsed(given: unknown): unknown {
  const text = asString(given);
  if (text === undefined) return given;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WwiseFlowError(
      'WORKFLOW_INVALID',
      `The workflow is not JSON: ${cause instanceof Error ? cause.message : text.slice(0, 80)}.`,
      {
        hint: 'Send the document as a JSON object.',
        cause,
      },
    );
  }
}
