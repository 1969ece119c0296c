import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesBelow } from '../../bench/agent/project-bytes.ts';
import { type AgentTask, turnsOf } from '../../bench/agent/task.ts';
import { readSaved } from '../../bench/agent/wwu.ts';
import { newTempDir } from '../harness/temp-dir.ts';
import { type Claim, parseClaim, reportTool } from './claim.ts';
import { judge } from './judge.ts';
import type { Message, Model, ToolCall, ToolResult } from './model/model.ts';
import { openSession, type Session } from './session.ts';

/** What became of a task. */
export interface EvalResult {
  readonly id: string;
  /** Undefined where it succeeded. */
  readonly problem: string | undefined;
  readonly falseClaims: readonly string[];
  /** Calls of the server. */
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
}

/** So often a model may speak in one turn of a person. */
const mostReplies = 80;

/** Has a model do a task on a copy of `seed`, through the server that `entry` starts, and compares what it claims with the files. */
export async function converse(
  task: AgentTask,
  seed: string,
  model: Model,
  entry: string,
): Promise<EvalResult> {
  const dir = newTempDir('eval');
  try {
    cpSync(seed, dir, { recursive: true });
    task.prepare?.(join(dir, 'Game'));
    const session = await openSession(entry, dir);
    try {
      return await inSession(task, dir, model, session);
    } finally {
      await session.close();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function inSession(task: AgentTask, dir: string, model: Model, session: Session): Promise<EvalResult> {
  const game = join(dir, 'Game');
  const messages: Message[] = [];
  const sum = { calls: 0, tokensIn: 0, tokensOut: 0 };
  const speak = speaker(model, session, systemText(session, dir), messages, sum);
  const turns = turnsOf(task);
  for (const turn of turns) {
    turn.meanwhile?.(game);
    const before = bytesBelow(game);
    messages.push({ by: 'person', text: turn.says });
    const claim = await speak();
    if (typeof claim === 'string') return { id: task.id, ...sum, falseClaims: [], problem: claim };
    const saved = readSaved(game);
    const verdict = judge(turn, claim, {
      saved,
      isChanged: bytesBelow(game) !== before,
      problem: turn === turns.at(-1) ? checked(task, game) : undefined,
    });
    if (verdict.problem !== undefined) return { id: task.id, ...sum, ...verdict };
  }
  return { id: task.id, ...sum, falseClaims: [], problem: undefined };
}

/** Lets the model speak and call until it reports; gives its claim, or why there is none. */
function speaker(
  model: Model,
  session: Session,
  system: string,
  messages: Message[],
  sum: { calls: number; tokensIn: number; tokensOut: number },
): () => Promise<Claim | string> {
  const tools = [...session.tools, reportTool];
  const doCall = async ({ id, name, args }: ToolCall): Promise<ToolResult> => {
    if (args === undefined) return { callId: id, text: 'The arguments are no JSON object.', isError: true };
    sum.calls += 1;
    return { callId: id, ...(await session.call(name, args)) };
  };
  return async () => {
    for (let nth = 0, reminders = 0; nth < mostReplies; nth++) {
      const { raw, calls, tokensIn, tokensOut } = await model.reply(system, messages, tools);
      sum.tokensIn += tokensIn;
      sum.tokensOut += tokensOut;
      messages.push({ by: 'model', raw });
      let claim: Claim | undefined;
      const results: ToolResult[] = [];
      for (const call of calls) {
        const parsed = call.name === reportTool.name ? parseClaim(call.args ?? {}) : undefined;
        if (parsed === undefined) results.push(await doCall(call));
        else if (typeof parsed === 'string') results.push({ callId: call.id, text: parsed, isError: true });
        else {
          claim = parsed;
          results.push({ callId: call.id, text: 'Reported.', isError: false });
        }
      }
      if (results.length > 0) messages.push({ by: 'tools', results });
      if (claim !== undefined) return claim;
      if (calls.length > 0) continue;
      if (reminders++ === 2) return 'it ended without a report';
      messages.push({ by: 'person', text: `(End your work by the tool ${reportTool.name}.)` });
    }
    return `it did not end within ${mostReplies} replies`;
  };
}

function checked(task: AgentTask, game: string): string | undefined {
  try {
    return task.check(readSaved(game));
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

function systemText({ instructions }: Session, dir: string): string {
  return [
    'You work for a sound designer, on a Wwise project that the tools of a server know. Do what the person says, no more and no less. What you change counts when it is saved.',
    `The audio files that the person speaks of lie in ${join(dir, 'audio')} and below.`,
    `When you are through with what the person said, call ${reportTool.name}, once and last, also to ask the person something or to refuse. Claim only what you know: it is compared with the files.`,
    instructions,
  ].join('\n\n');
}
