import type { Outcome } from './run-task.ts';
import type { AgentTask } from './task.ts';
import { requests } from './tasks/first-day.ts';

/** What the whole day may cost. */
export const dayGoal = { calls: 60, bytes: 85_000 } as const;

/** All that an agent wrote and read, the list of tools and what it looked up included. */
export function allBytes({ bytesIn, bytesOut, listBytes }: Outcome): number {
  return bytesIn + bytesOut + listBytes;
}

/** A table in Markdown: the day with its goal, then a line per task. */
export function tableOf(tasks: readonly AgentTask[], outcomes: readonly Outcome[]): readonly string[] {
  const day = outcomes.find(({ id }) => id === 'first-day');
  const done = outcomes.filter(({ problem }) => problem === undefined).length;
  const listed = outcomes[0]?.listBytes ?? 0;
  const rows = tasks.flatMap((task) => {
    const outcome = outcomes.find(({ id }) => id === task.id);
    return outcome === undefined ? [] : [rowOf(task, outcome)];
  });
  return [
    '## Agent tasks',
    '',
    `${tasks.length} things that people ask for, each done by scripted calls of listed tools in a session of its own on a copy of its project, and checked in the saved files: ${done} of ${tasks.length} done. Node ${process.version}.`,
    '',
    `Every session reads ${listed} bytes of tools/list and instructions. "With discovery" adds these, and the catalogue where it was asked; "in" is what the agent writes, "out" what it reads, in bytes of JSON.`,
    '',
    ...(day === undefined ? [] : [dayLine(day), '']),
    '| task | project | calls | in | out | calls with discovery | bytes with discovery | done |',
    '|---|---|---:|---:|---:|---:|---:|---|',
    ...rows,
  ];
}

function dayLine(day: Outcome): string {
  const bytes = allBytes(day);
  const isMet = day.problem === undefined && day.calls <= dayGoal.calls && bytes <= dayGoal.bytes;
  return `The first day on an empty project, ${requests.length} requests: ${day.calls} calls (goal: at most ${dayGoal.calls}) and ${bytes} bytes in all (goal: at most ${dayGoal.bytes}): ${isMet ? 'met' : 'missed'}.`;
}

function rowOf({ wish, project }: AgentTask, outcome: Outcome): string {
  const {
    id,
    calls,
    bytesIn,
    bytesOut,
    discoveryCalls,
    discoveryBytes,
    discoveryBytesIn,
    listBytes,
    problem,
  } = outcome;
  const said = wish.length > 110 ? `${wish.slice(0, 107)}...` : wish;
  const lookedOut = discoveryBytes - listBytes - discoveryBytesIn;
  const cells = [
    `${id}: ${said}`,
    project,
    calls - discoveryCalls,
    bytesIn - discoveryBytesIn,
    bytesOut - lookedOut,
    calls,
    allBytes(outcome),
    problem === undefined ? 'yes' : `no: ${problem.slice(0, 100).replaceAll('|', '/')}`,
  ];
  return `| ${cells.join(' | ')} |`;
}
