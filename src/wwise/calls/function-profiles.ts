import type { Profile } from '../../core/access/profile.ts';
import { asString, type JsonObject } from '../../core/json.ts';
import { onlyReads } from '../connection/reading-functions.ts';

/** The least profile that may call the WAAPI function that `uri` names; `admin` for every function that no list has. */
export function profileOfFunction({ uri }: JsonObject): Profile {
  const name = (asString(uri) ?? '').trim();
  if (onlyReads(name)) return 'reader';
  if (builders.some((start) => startsWith(name, start))) return 'builder';
  return designers.some((start) => startsWith(name, start)) ? 'designer' : 'admin';
}

/** Functions and groups of them that hand the project's work on to others: banks, version control, consoles. */
const builders: readonly string[] = [
  'ak.wwise.core.remote',
  'ak.wwise.core.soundbank.convertExternalSources',
  'ak.wwise.core.soundbank.generate',
  'ak.wwise.core.sourceControl',
];

/** Functions and groups of them that act on the objects of the open project, or let them be heard. */
const designers: readonly string[] = [
  'ak.soundengine',
  'ak.wwise.core.audio',
  'ak.wwise.core.blendContainer',
  'ak.wwise.core.gameParameter',
  'ak.wwise.core.log',
  'ak.wwise.core.mediaPool',
  'ak.wwise.core.object',
  'ak.wwise.core.profiler',
  'ak.wwise.core.project.save',
  'ak.wwise.core.sound',
  'ak.wwise.core.soundbank',
  'ak.wwise.core.switchContainer',
  'ak.wwise.core.transport',
  'ak.wwise.core.undo',
  'ak.wwise.core.workUnit',
  'ak.wwise.ui.bringToForeground',
];

function startsWith(name: string, start: string): boolean {
  return name === start || name.startsWith(`${start}.`);
}
