import { resolve } from 'node:path';
import { isJsonObject, type Json } from '../../core/json.ts';
import { didYouMean } from '../../core/text/nearest.ts';
import type { Connection } from './config-file.ts';
import { memberPointer } from './problems.ts';
import { type ReportConfigProblem, readAddress, readFileText, readSecretReference } from './read-setting.ts';

interface Position {
  readonly pointer: string;
  readonly dir: string;
  readonly report: ReportConfigProblem;
}

/** What an entry of `connections` may hold. */
export const connectionKeys = ['wwise', 'user', 'password', 'project'] as const;

/** The entries of `connections`, by name. */
export function readConnections(value: Json, position: Position): Map<string, Connection> {
  const connections = new Map<string, Connection>();
  if (!isJsonObject(value)) {
    position.report({
      pointer: position.pointer,
      message: 'must be an object.',
      hint: 'Write { "name": { ... } }.',
    });
    return connections;
  }
  for (const [name, entry] of Object.entries(value)) {
    const read = readConnection(entry ?? null, {
      ...position,
      pointer: memberPointer(position.pointer, name),
    });
    if (read !== undefined) connections.set(name, read);
  }
  return connections;
}

function readConnection(entry: Json, position: Position): Connection | undefined {
  const { pointer, dir, report } = position;
  if (!isJsonObject(entry) || 'wwise' in entry === 'project' in entry) {
    const hint =
      'Write { "wwise": "ws://..." } for a running Wwise or { "project": "..." } for a .wproj file.';
    return report({ pointer, message: 'must be an object with either wwise or project.', hint });
  }
  let read: Connection = { pointer };
  for (const [name, member = null] of Object.entries(entry)) {
    const at = { ...position, pointer: memberPointer(pointer, name) };
    if (name === 'wwise') read = { ...read, wwise: readAddress(member, at) ?? '' };
    else if (name === 'user') read = { ...read, user: readFileText(member, at) ?? '' };
    else if (name === 'password')
      read = { ...read, password: readSecretReference(member, at) ?? { env: '' } };
    else if (name === 'project') read = { ...read, project: resolve(dir, readFileText(member, at) ?? '') };
    else {
      const message = `means nothing.${didYouMean(name, connectionKeys)}`;
      report({ pointer: at.pointer, message, hint: `There is ${connectionKeys.join(', ')}.` });
    }
  }
  const signsIn = read.user !== undefined || read.password !== undefined;
  const isComplete = read.user !== undefined && read.password !== undefined && typeof read.wwise === 'string';
  if (!signsIn || isComplete) return read;
  const hint = 'Give user and password together, beside an address that is written out.';
  return report({ pointer, message: 'has a user or password that is not used.', hint });
}
