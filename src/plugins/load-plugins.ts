import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { AnyCommand } from '../core/command.ts';
import { toWwiseFlowError, WwiseFlowError } from '../core/errors.ts';
import { wires } from '../core/wiring.ts';
import { defineCommand } from '../wwise/wwise-command.ts';
import { findPackage } from './find-package.ts';
import type { LoadedPlugin } from './loaded-plugin.ts';
import type { PluginDefinition, PluginParts } from './plugin.ts';
import { pluginKind } from './plugin-kind.ts';
import { pluginProblem } from './plugin-problem.ts';

/** Where plug-ins are looked for, and what is there without them. */
export interface PluginSurroundings {
  readonly startDir: string;
  /** Of this program: packages beside it are found too. */
  readonly packageDir: string;
  readonly commands: readonly AnyCommand[];
  /** Types and aliases of kinds that are there already. */
  readonly kindNames: ReadonlySet<string>;
}

/**
 * The plug-ins of these names, in their order. Rejects with INVALID_INPUT that names the plug-in for one that is not as the contract
 * says or takes a name that is taken, PACKAGE_MISSING and FILE_UNREADABLE.
 */
export async function loadPlugins(
  names: readonly string[],
  around: PluginSurroundings,
): Promise<readonly LoadedPlugin[]> {
  const loaded: LoadedPlugin[] = [];
  for (const named of names) loaded.push(await loadPlugin(named, around, loaded));
  return loaded;
}

const parts: PluginParts = Object.freeze({ z, defineCommand, WwiseFlowError, wires });

async function loadPlugin(
  named: string,
  { startDir, packageDir, commands, kindNames }: PluginSurroundings,
  before: readonly LoadedPlugin[],
): Promise<LoadedPlugin> {
  const found = findPackage(named, startDir, packageDir);
  const definition = await definitionIn(named, found.entry);
  const name = definition.name ?? found.name.replace(/^@[^/]+\//, '');
  const known = [...commands, ...before.flatMap((plugin) => plugin.commands)];
  const taken = new Set([
    ...kindNames,
    ...known.map((command) => command.name),
    ...before.flatMap(({ kinds }) => kinds.map(({ type }) => type)),
  ]);
  const toolsets = new Set(known.map(({ toolset }) => toolset));
  const problem = pluginProblem({ ...definition, name }, taken, toolsets);
  if (problem !== undefined) throw notAsAgreed(named, problem);
  const own = (definition.commands ?? []).map((command) => Object.freeze({ ...command, toolset: name }));
  const readsOnly = (asked: string): boolean | undefined => {
    const command = [...known, ...own].find((one) => one.name === asked);
    return command === undefined ? undefined : command.effect === 'read';
  };
  return Object.freeze({
    name,
    description: definition.description,
    ...{ version: found.version, dir: found.dir, changedAtMs: statSync(found.entry).mtimeMs },
    commands: own,
    kinds: (definition.nodeKinds ?? []).map((kind) => pluginKind(kind, name, readsOnly)),
  });
}

async function definitionIn(named: string, entry: string): Promise<PluginDefinition> {
  try {
    const loaded: { readonly default?: unknown } = await import(pathToFileURL(entry).href);
    const { default: exported } = loaded;
    const made: unknown = typeof exported === 'function' ? await exported(parts) : exported;
    if (typeof made === 'object' && made !== null) return made as PluginDefinition;
  } catch (thrown) {
    throw notLoaded(named, thrown);
  }
  throw notAsAgreed(named, 'its default export is no object, and no function that gives one');
}

function notLoaded(named: string, cause: unknown): WwiseFlowError {
  const { message } = toWwiseFlowError(cause);
  return new WwiseFlowError('INVALID_INPUT', `The plug-in "${named}" cannot be loaded: ${message}.`, {
    hint: 'Repair it, install what it imports, or start without it in --plugin.',
    details: { plugin: named },
    cause,
  });
}

function notAsAgreed(named: string, problem: string): WwiseFlowError {
  return new WwiseFlowError('INVALID_INPUT', `The plug-in "${named}" is not as it must be: ${problem}.`, {
    hint: 'docs/guides/plugins.md says what a plug-in exports. Repair it, or start without it in --plugin.',
    details: { plugin: named, problem },
  });
}
