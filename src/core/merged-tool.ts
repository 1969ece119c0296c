import { z } from 'zod';
import type { AnyCommand, CommandExample } from './command.ts';
import { underPresentNames } from './dispatch/input/former-inputs.ts';
import { parseInput } from './dispatch/input/parse-input.ts';
import { WwiseFlowError } from './errors.ts';
import { asJsonObject, type Json, type JsonObject } from './json.ts';

/** A call of a command, whatever name it was asked for by. */
export interface MeantCall {
  readonly command: string;
  readonly input: JsonObject;
}

/** One way a merged tool is called: the first that fits is meant. */
export interface MergedWay {
  readonly command: string;
  /** Inputs that must be given. */
  readonly has?: readonly string[];
  /** Inputs that must have these values; the command itself does not take them. */
  readonly is?: JsonObject;
  /** Inputs that the command knows by another name. */
  readonly as?: Readonly<Record<string, string>>;
}

/**
 * One tool for several commands that share inputs, so that a list of tools says them once. Which command is meant follows from
 * the inputs that are given; what is dispatched, remembered and recorded is that command.
 */
export interface MergedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly toolset: string;
  /** All inputs of all ways, for lists of tools; each command checks its own. */
  readonly input: z.ZodObject;
  readonly ways: readonly MergedWay[];
  readonly examples: readonly CommandExample[];
}

/** What is known of a command that a tool stands for. */
export type CommandByName = (name: string) => Pick<AnyCommand, 'input' | 'formerInputs'> | undefined;

/**
 * The command that a call of a merged tool means.
 * @throws WwiseFlowError INVALID_INPUT for an input that the tool does not have, or that is of another way than the rest; and
 * one that lists the ways, when none fits
 */
export function meantBy(tool: MergedTool, raw: unknown, commandOf: CommandByName): MeantCall {
  const given = underPresentNames({ formerInputs: formerNames(tool, commandOf) }, asJsonObject(raw));
  refuseUnknown(tool, given, commandOf);
  const way = tool.ways.find((one) => fits(one, given));
  if (way === undefined) throw noneFits(tool);
  const switches = new Set(tool.ways.flatMap(({ is = {} }) => Object.keys(is)));
  const takes = inputsOf(commandOf(way.command));
  const members = Object.entries(given).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined || way.is?.[name] !== undefined) return [];
    // A switch of another way that is off says nothing here.
    if (switches.has(name) && isOff(value)) return [];
    const inputName = way.as?.[name] ?? name;
    if (takes?.has(inputName) !== false) return [[inputName, value]];
    if (!isGiven(value)) return [];
    throw otherWay(tool, way, name, takes);
  });
  return { command: way.command, input: Object.fromEntries(members) };
}

/** Former names of inputs of the commands, where no present input of the tool has the name. */
function formerNames(tool: MergedTool, commandOf: CommandByName): Readonly<Record<string, string>> {
  const former = tool.ways.flatMap(({ command }) => Object.entries(commandOf(command)?.formerInputs ?? {}));
  return Object.fromEntries(former.filter(([was]) => tool.input.shape[was] === undefined));
}

/** The tool's own inputs are what its caller knows: what is nearest is looked for among them. */
function refuseUnknown(tool: MergedTool, given: JsonObject, commandOf: CommandByName): void {
  const known = new Set(Object.keys(tool.input.shape));
  for (const { command } of tool.ways) for (const name of inputsOf(commandOf(command)) ?? []) known.add(name);
  const unknown = Object.entries(given).filter(([name]) => !known.has(name));
  if (unknown.length === 0) return;
  parseInput({ name: tool.name, input: tool.input.partial() }, Object.fromEntries(unknown));
}

function inputsOf(command: ReturnType<CommandByName>): ReadonlySet<string> | undefined {
  return command?.input instanceof z.ZodObject ? new Set(Object.keys(command.input.shape)) : undefined;
}

function otherWay(
  tool: MergedTool,
  { command, has = [], is = {} }: MergedWay,
  name: string,
  takes: ReadonlySet<string> = new Set(),
): WwiseFlowError {
  const because = [...Object.keys(is), ...has].join(' and ') || 'the rest';
  const listed = [...takes].filter((one) => tool.input.shape[one] !== undefined);
  return new WwiseFlowError('INVALID_INPUT', `${tool.name}: ${name} does not go with ${because}.`, {
    hint: `With ${because} this is ${command}, which takes ${listed.join(', ')}. Leave ${name} out, or make two calls.`,
    details: {
      tool: tool.name,
      command,
      problems: [{ path: `/${name}`, message: `is not taken by ${command}` }],
    },
  });
}

function fits({ has = [], is = {} }: MergedWay, given: JsonObject): boolean {
  return (
    has.every((name) => isGiven(given[name])) &&
    Object.entries(is).every(([name, value]) => isSame(given[name], value))
  );
}

/** Some clients send null or an empty text for what they leave out. */
function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== '';
}

/** Some clients can send texts only. */
function isSame(given: Json | undefined, wanted: Json | undefined): boolean {
  return given !== undefined && String(given).toLowerCase() === String(wanted).toLowerCase();
}

function isOff(value: Json): boolean {
  return value === false || value === null || value === '' || value === 'false';
}

function noneFits({ name, ways }: MergedTool): WwiseFlowError {
  const listed = ways.map(({ has = [], is = {} }) =>
    [...Object.entries(is).map(([key, value]) => `${key}: ${JSON.stringify(value)}`), ...has].join(' and '),
  );
  return new WwiseFlowError('INVALID_INPUT', `${name}: what is to be done is missing.`, {
    hint: `Give ${listed.join('; or ')}.`,
    details: { tool: name, commands: ways.map(({ command }) => command) },
  });
}
