import { toWwiseFlowError } from '../../core/errors.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject, type Json } from '../../core/json.ts';
import { inTurns } from '../../core/turns/turns.ts';
import { compileWorkflowSteps } from '../compiler/compile.ts';
import {
  type IncludedWorkflow,
  nothingIncluded,
  subworkflowKey,
} from '../compiler/phases/subworkflows/inclusion.ts';
import type { Plan } from '../compiler/plan.ts';
import { parsedIfText } from '../document/json-text.ts';
import type { Commands } from '../nodes/catalog.ts';
import { subworkflow } from '../nodes/subworkflow.ts';
import { findWorkflow, type WorkflowSources } from './find-workflow.ts';

/** More workflows of the library in one are a mistake. */
const MOST_WORKFLOWS = 1_000;
/** Nodes inside of nodes: deeper than what compiles. */
const DEEPEST_NODES = 64;

type Found = IncludedWorkflow | { readonly why: string; readonly candidates: readonly string[] };

/** compileWorkflow in turns, with the workflows of the library that the document includes, and those that they include, as they are now. */
export async function compileFromLibrary(
  document: unknown,
  commands: Commands,
  sources: WorkflowSources,
): Promise<Plan> {
  const found = new Map<string, Found>();
  const open = namedIn(document);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const key = subworkflowKey(next.workflow, next.version);
    if (found.has(key) || found.size >= MOST_WORKFLOWS) continue;
    const one = await lookUp(sources, next);
    found.set(key, one);
    if ('document' in one) open.push(...namedIn(one.document));
  }
  const { services, plans } = sources;
  const where = { inclusion: { ...nothingIncluded(found), services } };
  const compile = (): Promise<Plan> => inTurns(compileWorkflowSteps(document, commands, where));
  // What was sound with other presets and secrets is looked at again.
  const known = services === undefined ? [] : [[services.presets.mark, services.secretNames ?? null]];
  return plans?.planOf([document, ...found, ...known], commands, compile) ?? compile();
}

interface Named {
  readonly workflow: string;
  readonly version: number | undefined;
}

async function lookUp(sources: WorkflowSources, { workflow, version }: Named): Promise<Found> {
  try {
    return await findWorkflow(sources, workflow, version);
  } catch (thrown) {
    const error = toWwiseFlowError(thrown);
    if (error.code !== 'WORKFLOW_NOT_FOUND') throw error;
    const ids = await idsNamed(sources, workflow);
    const [only] = ids;
    if (only !== undefined && ids.length === 1 && only !== workflow)
      return lookUp(sources, { workflow: only, version });
    if (ids.length > 1)
      return { why: `several workflows have the name "${workflow}": ${ids.join(', ')}.`, candidates: ids };
    const candidates = asJsonArray(error.details?.candidates).flatMap((one) => asString(one) ?? []);
    return { why: `${error.message} ${error.hint}`, candidates };
  }
}

/** The ids of the workflows that have this name. */
async function idsNamed({ library, examples }: WorkflowSources, name: string): Promise<readonly string[]> {
  const { entries } = await library.list({ text: name, limit: 1_000, offset: 0 });
  return [
    ...new Set([...entries, ...examples].filter((one) => one.name === name).map((one) => one.workflowId)),
  ];
}

/** The workflows that nodes of a document name, also inside of nodes. What is no document has none: the compiler says what is wrong. */
function namedIn(document: unknown): Named[] {
  const named: Named[] = [];
  const visit = (holder: Json, depth: number): void => {
    const nodes = parsedIfText(asJsonObject(holder).nodes);
    if (!Array.isArray(nodes) || depth > DEEPEST_NODES) return;
    for (const node of nodes) {
      const { type, data, config } = asJsonObject(node);
      const holds = parsedIfText(data ?? config);
      if (!isJsonObject(holds)) continue;
      const { workflow, version } = holds;
      if (typeof workflow === 'string' && types.has(asString(type) ?? ''))
        named.push({ workflow, version: typeof version === 'number' ? version : undefined });
      if (holds.nodes !== undefined) visit(holds, depth + 1);
    }
  };
  const given = parsedIfText(document);
  if (isJsonObject(given)) visit(given, 0);
  return named;
}

const types: ReadonlySet<string> = new Set([subworkflow.type, ...subworkflow.aliases]);
