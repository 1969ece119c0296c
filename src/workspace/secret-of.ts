import type { Config } from '../config/config.ts';
import { WwiseFlowError } from '../core/errors.ts';
import { noteSecret, SHORTEST_SECRET } from '../core/secrets/known-secrets.ts';
import { DEFAULT_WORKSPACE } from '../core/stores/stores.ts';
import { didYouMean } from '../core/text/nearest.ts';

/**
 * Where the workflows of a workspace get their secrets. Those with a workspace in their name are that one's, all others the
 * default one's. What is handed out is known as a secret from then on. Throws UNRESOLVED_REFERENCE for one that is not set up,
 * INVALID_INPUT for one that cannot be hidden, and what reading it throws.
 */
export function secretOf({ secrets }: Pick<Config, 'secrets'>, workspace: string): (name: string) => string {
  const find = (name: string) =>
    secrets.get(`${workspace}/${name}`) ?? (workspace === DEFAULT_WORKSPACE ? secrets.get(name) : undefined);
  return (name) => {
    const read = find(name);
    if (read === undefined)
      throw unknownSecret(
        name,
        [...secrets.keys()].filter((known) => find(known) !== undefined),
      );
    const value = read();
    if (value.length < SHORTEST_SECRET) throw tooShort(name);
    noteSecret(name, value);
    return value;
  };
}

/** The names of the secrets that a workspace has. */
export function secretNames({ secrets }: Pick<Config, 'secrets'>, workspace: string): readonly string[] {
  const names = [...secrets.keys()].flatMap((name) => {
    const [of, own] = name.split('/');
    if (own !== undefined) return of === workspace ? [own] : [];
    return workspace === DEFAULT_WORKSPACE ? [name] : [];
  });
  return [...new Set(names)].sort();
}

function unknownSecret(name: string, known: readonly string[]): WwiseFlowError {
  return new WwiseFlowError(
    'UNRESOLVED_REFERENCE',
    `There is no secret "${name}".${didYouMean(name, known)}`,
    {
      hint: `Set the variable WWISEFLOW_SECRET_${name}, or name it under "secrets" in the configuration file, and start again.`,
      details: { secret: name },
    },
  );
}

function tooShort(name: string): WwiseFlowError {
  return new WwiseFlowError(
    'INVALID_INPUT',
    `The secret "${name}" has fewer than ${SHORTEST_SECRET} characters.`,
    {
      hint: 'Give it more: a short one cannot be recognised, and so not be hidden, in what comes back.',
      details: { secret: name },
    },
  );
}
