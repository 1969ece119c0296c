import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/canonical-json.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import { asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import { type Result, success } from '../../core/result.ts';
import { didYouMean, nearest } from '../../core/text/nearest.ts';
import type { Answer } from '../answered.ts';
import type { Commands } from '../nodes/catalog.ts';
import { inputsFrom } from '../runtime/run-options.ts';
import { compileFromLibrary } from './compile-from-library.ts';
import type { ExampleWorkflow, WorkflowSources } from './find-workflow.ts';

/** A workflow to make of a template. */
export interface FromTemplate {
  readonly template: string;
  /** Values of its inputs, by name. One without default must be given. */
  readonly input?: JsonObject | undefined;
  /** Default: made from the template and the values. */
  readonly workflowId?: string | undefined;
}

/** Templates: workflows that come with the program or lie in the user's folders, whose inputs are their parameters. */
export interface TemplateService {
  /** Those with the text in id, name or description, each with the inputs it declares. */
  list(asked: { readonly text?: string | undefined }): Promise<Result>;
  /**
   * The workflow that comes of one: compiled, with the values as the defaults of its inputs. Fails with WORKFLOW_NOT_FOUND,
   * INVALID_INPUT for an input it does not declare or a wrong type, MISSING_INPUT, and what the compiler says.
   */
  make(wanted: FromTemplate): Promise<Result>;
}

export function createTemplateService(
  sources: WorkflowSources,
  commands: Commands,
  answer: Answer,
): TemplateService {
  const { examples } = sources;
  return {
    list: ({ text = '' }) =>
      answer(async () => {
        const wanted = text.toLowerCase();
        const isFound = (one: ExampleWorkflow): boolean =>
          [one.workflowId, one.name, one.description].some((value) => value?.toLowerCase().includes(wanted));
        return success({ templates: examples.filter(isFound).map(described) });
      }),
    make: ({ template, input, workflowId }) =>
      answer(async () => {
        const found = examples.find((one) => one.workflowId === template);
        if (found === undefined) throw notFound(template, examples);
        const bare = await compileFromLibrary(found.document, commands, sources);
        const values = inputsFrom(bare.inputs, input, () => true);
        const document = filled(found, values, workflowId ?? `${template}-${hashOf(values)}`);
        const plan = await compileFromLibrary(document, commands, sources);
        return success({
          template,
          workflowId: plan.workflowId,
          workflow: document,
          nodes: plan.order.length,
          warnings: [...plan.warnings],
          planHash: plan.planHash,
        });
      }),
  };
}

function described({ workflowId, name, description, isOwn, document }: ExampleWorkflow): JsonObject {
  const category = asString(asJsonObject(document.metadata).category) ?? null;
  return { workflowId, name, description, category, isOwn, inputs: asJsonObject(document.inputs) };
}

/** The document under an id of its own, its inputs with these values where nothing else is handed in. */
function filled({ document }: ExampleWorkflow, values: JsonObject, workflowId: string): JsonObject {
  const declared = Object.entries(asJsonObject(document.inputs)).map(([name, declaration]) => [
    name,
    { ...asJsonObject(declaration), ...(values[name] === undefined ? {} : { default: values[name] }) },
  ]);
  return {
    ...document,
    workflowId,
    ...(declared.length === 0 ? {} : { inputs: Object.fromEntries(declared) }),
  };
}

function hashOf(values: JsonObject): string {
  return createHash('sha256').update(canonicalJson(values)).digest('hex').slice(0, 8);
}

function notFound(template: string, examples: readonly ExampleWorkflow[]): WwiseFlowError {
  const known = examples.map(({ workflowId }) => workflowId);
  return new WwiseFlowError(
    'WORKFLOW_NOT_FOUND',
    `There is no template "${template}".${didYouMean(template, known)}`,
    {
      hint: `Choose one of: ${known.join(', ')}.`,
      details: { template, candidates: nearest(template, known) },
    },
  );
}
