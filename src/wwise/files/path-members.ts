import type { JsonObject } from '../../core/json.ts';
import { fileArguments } from './file-arguments.ts';

/** Says whether a member of this name, anywhere inside this object, holds file paths: a text or a list of texts. */
export type IsPathMember = (member: string, owner: JsonObject) => boolean;

/** Where a WAAPI function takes file paths of the machine of Wwise; undefined when it takes none. */
export function pathArguments(uri: string): IsPathMember | undefined {
  if (uri === 'ak.wwise.core.mediaPool.get')
    return (member, owner) => member === 'value' && owner.type === 'audioSimilarity';
  const members = argumentMembers.get(uri);
  return members === undefined ? undefined : (member) => members.has(member);
}

/** Where its answer, or what a topic publishes, gives some. */
export function pathResults(uri: string): IsPathMember {
  const members = resultMembers[uri] ?? [];
  return (member) => members.includes(member) || returnsPath.test(member);
}

/** The last member of each argument that always holds a whole path. */
const argumentMembers = new Map<string, Set<string>>();
for (const { uri, argument, access, when } of fileArguments) {
  const member = argument.replace(/\[\]$/, '').split('.').at(-1) ?? '';
  if (access === 'originals' || when !== undefined) continue;
  argumentMembers.set(uri, new Set([...(argumentMembers.get(uri) ?? []), member]));
}

/** What object.get and its kin return: filePath, originalFilePath, sound:originalWavFilePath, soundbank:bnkFilePath... */
const returnsPath = /(?<!relative)filepath$/i;

const directories = ['install', 'authoring', 'bin', 'help', 'user'];

const resultMembers: Readonly<Record<string, readonly string[]>> = {
  'ak.wwise.core.audio.import': ['files'],
  'ak.wwise.core.getInfo': ['processPath', ...directories],
  'ak.wwise.core.getProjectInfo': [
    'path',
    'cache',
    'commands',
    'originals',
    'properties',
    'root',
    'soundBankOutputRoot',
    'soundBankPath',
    'copiedMediaPath',
  ],
  'ak.wwise.core.mediaPool.get': ['Path'],
  'ak.wwise.core.project.saved': ['modifiedPaths'],
  'ak.wwise.core.sourceControl.getSourceFiles': ['file', 'folder'],
  'ak.wwise.ui.getSelectedFiles': ['files'],
};
