import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { asJsonObject, asString } from './core/json.ts';
import type { ExampleWorkflow } from './workflow/service.ts';

/** The example workflows of a directory, by file name; none when there is no such directory. */
export function readExamples(directory: string): ExampleWorkflow[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const text: unknown = JSON.parse(readFileSync(join(directory, file), 'utf8'));
      const document = asJsonObject(text);
      return {
        workflowId: asString(document.workflowId) ?? basename(file, '.json'),
        name: asString(document.name) ?? null,
        description: describe(document.inputs),
        document,
      };
    });
}

/** An example says what it takes; what it does is its name. */
function describe(inputs: unknown): string | null {
  const takes = Object.entries(asJsonObject(inputs)).map(
    ([name, declaration]) => `${name}: ${asString(asJsonObject(declaration).description) ?? ''}`,
  );
  return takes.length === 0 ? null : `Inputs: ${takes.join('; ')}`;
}
