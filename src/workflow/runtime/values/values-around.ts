import { WwiseFlowError } from '../../../core/errors.ts';
import type { Plan } from '../../compiler/plan.ts';
import type { ValuesAround } from '../../expressions/resolve.ts';
import type { RunnerParts } from '../run-request.ts';

/** What the expressions of a plan look at beside what nodes gave and the run was handed. */
export function valuesAround({ vars = {}, globals = {} }: Plan, { expressions }: RunnerParts): ValuesAround {
  const { cleanName, secret = noSecret } = expressions ?? {};
  return { vars, globals, secret, ...(cleanName === undefined ? {} : { cleanName }) };
}

function noSecret(name: string): never {
  throw new WwiseFlowError('UNRESOLVED_REFERENCE', `There is no secret "${name}": none is set up here.`, {
    hint: 'Start WwiseFlow with the secrets that its workflows name.',
    details: { secret: name },
  });
}
