import { WwiseFlowError } from '../../../core/errors.ts';
import { asJsonArray, asJsonObject, asString, isJsonObject, type Json } from '../../../core/json.ts';
import { nearest } from '../../../core/text/nearest.ts';
import type { Problem } from '../../compiler/problem.ts';
import { below } from '../../document/json-pointer.ts';
import type { NamedPreset } from '../../remote/presets/preset.ts';
import type { CheckedNode, NodeGraph } from '../node-kind.ts';
import type { KnownServices } from './known-services.ts';
import { operationAt } from './operation-at.ts';

/** What a kind uses a preset for. */
export type PresetUse = 'request' | 'job' | 'model' | 'program' | 'mail';

/**
 * Law: what a node names of a preset is there: the preset, its operation, its parameters and settings, and the secrets it shows
 * itself by. What a reference gives is known when the node's turn comes.
 */
export function checkPreset(node: CheckedNode, graph: NodeGraph, use: PresetUse, usual?: string): void {
  const { services } = graph;
  if (services === undefined) return;
  const report = (member: string, problem: Pick<Problem, 'code' | 'message' | 'expected' | 'didYouMean'>) =>
    graph.report({ ...problem, node: node.id, pointer: below(node.dataPointer, member) });
  const finding = <T>(member: string, find: () => T): T | undefined => {
    try {
      return find();
    } catch (thrown) {
      if (!(thrown instanceof WwiseFlowError)) throw thrown;
      const candidates = asJsonArray(thrown.details?.candidates).flatMap((one) => asString(one) ?? []);
      report(member, {
        ...{ code: thrown.code, message: `Node "${node.id}" (${node.type}): ${thrown.message}` },
        ...{ expected: thrown.hint, ...(candidates.length === 0 ? {} : { didYouMean: candidates }) },
      });
      return undefined;
    }
  };
  const template = literal(node.input.promptTemplate);
  if (use === 'model' && template !== undefined)
    finding('promptTemplate', () => services.prompts.find(template));
  checkSecrets(node, asJsonObject(node.input.auth), services, (problem) => report('auth', problem));
  const name = node.input.preset === undefined ? usual : literal(node.input.preset);
  if (name === undefined) return;
  const preset = finding('preset', () => services.presets.find(name));
  if (preset === undefined) return;
  if (node.input.auth === undefined)
    checkSecrets(node, asJsonObject(preset.auth), services, (problem) => report('preset', problem));
  // Deliveries are looked at by the secret with which the service signs them.
  if (node.input.webhook !== undefined && preset.webhook !== undefined)
    checkSecrets(node, { secret: preset.webhook.secret }, services, (problem) => report('webhook', problem));
  const unknown = (member: string, what: string, given: string, known: readonly string[]): void =>
    report(member, {
      code: member === 'operation' ? 'PRESET_NOT_FOUND' : 'INVALID_INPUT',
      message: `Node "${node.id}" (${node.type}): ${preset.name} has no ${what} "${given}".`,
      expected: known.length === 0 ? `no ${what}` : `one of: ${known.join(', ')}`,
      didYouMean: nearest(given, known),
    });
  const settings = Object.keys(preset.settings);
  for (const given of namesIn(node.input.settings))
    if (!settings.includes(given)) unknown('settings', 'setting', given, settings);
  const operations = operationsOf(preset, use);
  const operation = literal(node.input.operation) ?? usualOperation(node, preset, use);
  if (operation === undefined) return;
  const params = operations.get(operation);
  if (params === undefined) {
    unknown('operation', 'operation', operation, [...operations.keys()]);
    return;
  }
  if (use === 'model') return;
  const declared = Object.keys(params);
  for (const given of [...namesIn(node.input.mapping), ...namesIn(node.input.itemMapping)])
    if (!declared.includes(given)) unknown('mapping', 'parameter', given, declared);
  for (const lacking of missingParams(node, params))
    report('mapping', {
      code: 'MISSING_INPUT',
      message: `Node "${node.id}" (${node.type}): ${preset.name} ${operation} needs the parameter "${lacking}".`,
      expected: `"${lacking}" in "mapping"${use === 'request' ? ' or "itemMapping"' : ''}: ${params[lacking]?.description ?? ''}`,
    });
}

/** Required parameters that nothing gives: neither the mappings nor what else becomes a parameter. None where a mapping is known later. */
function missingParams({ input }: CheckedNode, params: Params): readonly string[] {
  const mappings = [input.mapping, input.itemMapping].filter((mapping) => mapping !== undefined);
  if (!mappings.every(isJsonObject)) return [];
  const given = new Set(
    mappings.flatMap((mapping) => Object.keys(mapping).filter((name) => (mapping[name] ?? null) !== null)),
  );
  if (input.fields !== undefined) given.add('text');
  const calledBackAt = asString(asJsonObject(input.webhook).param);
  if (calledBackAt !== undefined) given.add(calledBackAt);
  return Object.keys(params).filter((name) => params[name]?.required === true && !given.has(name));
}

/** Undefined for what is known only when the node's turn comes. */
function literal(value: Json | undefined): string | undefined {
  const text = asString(value);
  return text === undefined || /^\$|\{\{/.test(text) ? undefined : text;
}

function namesIn(value: Json | undefined): readonly string[] {
  return isJsonObject(value) ? Object.keys(value) : [];
}

type Params = Readonly<Record<string, { readonly description: string; readonly required: boolean }>>;

/** What may be asked of it, with the parameters of each. */
function operationsOf({ operations, program }: NamedPreset, use: PresetUse): ReadonlyMap<string, Params> {
  const named: Readonly<Record<string, { readonly params: Params }>> =
    use === 'program' ? (program?.commands ?? {}) : operations;
  return new Map(Object.entries(named).map(([name, { params }]) => [name, params]));
}

/** The operation that is meant where none is named; undefined where any other address is. */
function usualOperation(node: CheckedNode, preset: NamedPreset, use: PresetUse): string | undefined {
  if (node.input.operation !== undefined || use === 'mail') return undefined;
  if (node.input.endpoint !== undefined) {
    const endpoint = literal(node.input.endpoint);
    return endpoint === undefined ? undefined : operationAt(preset, endpoint);
  }
  return use === 'program' ? preset.program?.default : preset.default;
}

function checkSecrets(
  { id, type, options }: CheckedNode,
  auth: Readonly<Record<string, unknown>>,
  { secretNames }: KnownServices,
  report: (problem: Pick<Problem, 'code' | 'message' | 'expected' | 'didYouMean'>) => void,
): void {
  // What a demo gives instead asks nobody.
  if (secretNames === undefined || options?.mock !== undefined) return;
  for (const [member, value] of Object.entries(auth)) {
    if (!/secret$/i.test(member) || typeof value !== 'string' || secretNames.includes(value)) continue;
    report({
      code: 'UNRESOLVED_REFERENCE',
      message: `Node "${id}" (${type}) needs the secret "${value}", which is not set up.`,
      expected: `the variable WWISEFLOW_SECRET_${value}, or an entry under "secrets" of the configuration file`,
      didYouMean: nearest(value, secretNames),
    });
  }
}
