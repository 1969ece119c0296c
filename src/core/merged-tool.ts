import type { z } from 'zod';
import type { CommandExample } from './command.ts';
import { WwiseFlowError } from './errors.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

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
  readonly input: z.ZodType;
  readonly ways: readonly MergedWay[];
  readonly examples: readonly CommandExample[];
}

/**
 * The command that a call of a merged tool means.
 * @throws WwiseFlowError INVALID_INPUT that lists the ways, when none fits
 */
export function meantBy(tool: MergedTool, raw: unknown): MeantCall {
  const given = isJsonObject(raw) ? raw : {};
  const way = tool.ways.find((one) => fits(one, given));
  if (way === undefined) throw noneFits(tool);
  const switches = new Set(tool.ways.flatMap(({ is = {} }) => Object.keys(is)));
  const members = Object.entries(given).flatMap(([name, value]): [string, Json][] => {
    if (value === undefined || way.is?.[name] !== undefined) return [];
    // A switch of another way that is off says nothing here.
    if (switches.has(name) && isOff(value)) return [];
    return [[way.as?.[name] ?? name, value]];
  });
  return { command: way.command, input: Object.fromEntries(members) };
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
