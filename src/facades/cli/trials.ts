import type { Bus } from '../../core/dispatch/bus.ts';
import { asJsonArray, asJsonObject, asString, type Json, type JsonObject } from '../../core/json.ts';
import type { TrialMode, WorkflowService } from '../../workflow/service.ts';
import { time } from './draw/draw-run.ts';
import { bold, cyan, dim, green, line, red, yellow } from './draw/paint.ts';
import { type Print, printAnswer, printJson } from './print.ts';
import { readFlow } from './read-flow.ts';
import { printTrouble, refusedError } from './trouble.ts';

export interface NodeTrial {
  readonly type: string;
  readonly data: JsonObject;
  readonly flow: Json | undefined;
  readonly mode: TrialMode;
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface WorkflowTrials {
  readonly flowPaths: readonly [a: string, b: string];
  readonly input: JsonObject;
  readonly mode: TrialMode;
  readonly json: boolean;
  readonly verbose: boolean;
}

export interface TrialParts {
  openBus(): Promise<Bus>;
  openService(): Promise<WorkflowService>;
  readonly signal: AbortSignal;
}

/** Tries one node. Exit code 0: done, 1: it failed or was not executed. Throws what kept it from being tried. */
export async function tryNode(
  { json, verbose, ...node }: NodeTrial,
  { openBus, openService, signal }: TrialParts,
  print: Print,
): Promise<number> {
  const answer = await (await openService()).testNode({ ...node, signal, caller: 'cli' });
  if (!answer.ok) throw refusedError(answer);
  if (json) await printAnswer(answer, { verbose, openBus }, print);
  else drawNode(answer.data, print);
  return answer.data.state === 'done' ? 0 : 1;
}

/** Compares two workflow files. Exit code 0: they give the same, 1: they differ. Throws what kept one from being tried. */
export async function compareFlows(
  { flowPaths: [a, b], json, verbose, ...how }: WorkflowTrials,
  { openBus, openService, signal }: TrialParts,
  print: Print,
): Promise<number> {
  const variants = { a: { workflow: readFlow(a) }, b: { workflow: readFlow(b) } };
  const answer = await (await openService()).compare({ ...variants, ...how, signal, caller: 'cli' });
  if (!answer.ok) throw refusedError(answer);
  if (json) await printAnswer(answer, { verbose, openBus }, print);
  else drawComparison(answer.data, print);
  return answer.data.isSame === true ? 0 : 1;
}

/** Prints the JSON Schema of workflows with every kind of node there is here, those of plug-ins too. Exit code 0. */
export async function printSchema(
  { authoring }: Pick<WorkflowService, 'authoring'>,
  print: Print,
): Promise<number> {
  const answer = await authoring();
  if (!answer.ok) throw refusedError(answer);
  printJson(answer.data.schema, print);
  return 0;
}

function drawNode(
  { type, state, why, output, failure, took, costs, objects }: JsonObject,
  print: Print,
): void {
  const { durationMs } = asJsonObject(took);
  const mark = state === 'done' ? green('✓') : state === 'failed' ? red('✗') : yellow('!');
  const after = typeof durationMs === 'number' ? dim(line`  ${time(durationMs)}${paid(costs)}`) : '';
  print(line`${mark} ${bold(String(type))}  ${String(state === 'notExecuted' ? why : state)}${after}`);
  const { code, error, hint } = asJsonObject(failure);
  if (code !== undefined)
    printTrouble({ code: String(code), error: String(error), hint: asString(hint) ?? '' }, print);
  if (output !== undefined) printJson(output, print);
  for (const object of asJsonArray(objects).map(asJsonObject))
    print(line`  ${cyan(String(object.change))} ${String(object.path)}`);
}

function drawComparison({ isSame, a, b, nodes, objects }: JsonObject, print: Print): void {
  drawVariant('a', asJsonObject(a), print);
  drawVariant('b', asJsonObject(b), print);
  for (const { node, ...values } of asJsonArray(nodes).map(asJsonObject))
    drawPair(String(node), values, print);
  for (const { path, ...values } of asJsonArray(objects).map(asJsonObject))
    drawPair(String(path), values, print);
  print(isSame === true ? green('They give the same.') : yellow('They differ.'));
}

function drawVariant(
  name: string,
  { succeeded, code, took, costs, changedObjects }: JsonObject,
  print: Print,
): void {
  const mark = succeeded === true ? green('✓') : red('✗');
  const failed = succeeded === true ? '' : line`  ${red(String(code))}`;
  const { durationMs } = asJsonObject(took);
  const spent = line`${time(Number(durationMs))}${paid(costs)}, ${String(changedObjects)} objects changed`;
  print(line`${mark} ${bold(name)}  ${dim(spent)}${failed}`);
}

function drawPair(what: string, { a, b }: JsonObject, print: Print): void {
  print(line`${yellow('~')} ${what}`);
  print(line`    a  ${red(inShort(a))}`);
  print(line`    b  ${green(inShort(b))}`);
}

function paid(costs: Json | undefined): string {
  return asJsonArray(costs)
    .map(asJsonObject)
    .map(({ totalCost, currency }) => `, ${String(totalCost)} ${String(currency)}`)
    .join('');
}

/** Values may be long; all of them stand in the JSON. */
function inShort(value: Json | undefined): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}...`;
}

const SHOWN_CHARACTERS = 300;
