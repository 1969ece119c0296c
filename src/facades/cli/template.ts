import { asJsonArray, asJsonObject, asString, type JsonObject } from '../../core/json.ts';
import type { WorkflowService } from '../../workflow/service.ts';
import { cyan, dim, line } from './draw/paint.ts';
import { type Print, printJson } from './print.ts';
import { refusedError } from './trouble.ts';

export interface TemplateWanted {
  /** Undefined: they are listed. */
  readonly template: string | undefined;
  readonly input: JsonObject | undefined;
  readonly workflowId: string | undefined;
  readonly json: boolean;
}

/**
 * Prints the workflow of a template as a file for `run`, or lists the templates with their inputs. Exit code 0. Throws what the
 * service refuses.
 */
export async function printTemplate(
  { template, input, workflowId, json }: TemplateWanted,
  { templates }: Pick<WorkflowService, 'templates'>,
  print: Print,
): Promise<number> {
  const answer =
    template === undefined ? await templates.list({}) : await templates.make({ template, input, workflowId });
  if (!answer.ok) throw refusedError(answer);
  if (template !== undefined) printJson(json ? answer.data : answer.data.workflow, print);
  else if (json) printJson(answer.data, print);
  else for (const one of asJsonArray(answer.data.templates)) drawTemplate(asJsonObject(one), print);
  return 0;
}

function drawTemplate({ workflowId, name, inputs }: JsonObject, print: Print): void {
  print(line`${cyan(String(workflowId))}  ${asString(name) ?? ''}`);
  for (const [input, declaration] of Object.entries(asJsonObject(inputs))) {
    const { type, description, default: preset } = asJsonObject(declaration);
    const otherwise = preset === undefined ? 'needed' : `default ${JSON.stringify(preset)}`;
    print(
      line`    ${input}: ${asString(description) ?? ''} ${dim(`(${asString(type) ?? 'any'}, ${otherwise})`)}`,
    );
  }
}
