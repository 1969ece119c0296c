import type { JsonObject } from '../../core/json.ts';

/** Tells whether a member of this name, anywhere inside this object, holds file paths: a text or a list of texts. */
export type IsPathMember = (member: string, owner: JsonObject) => boolean;

/** Where a WAAPI function takes file paths of the machine of Wwise; undefined when it takes none. */
export function pathArguments(uri: string): IsPathMember | undefined {
  if (uri === 'ak.wwise.core.mediaPool.get')
    return (member, owner) => member === 'value' && owner.type === 'audioSimilarity';
  const members = argumentMembers[uri];
  return members === undefined ? undefined : (member) => members.includes(member);
}

/** Where its answer, or what a topic publishes, gives some. */
export function pathResults(uri: string): IsPathMember {
  const members = resultMembers[uri] ?? [];
  return (member) => members.includes(member) || returnsPath.test(member);
}

/** By the functions' schemas. */
const argumentMembers: Readonly<Record<string, readonly string[]>> = {
  'ak.wwise.console.project.create': ['path'],
  'ak.wwise.console.project.open': ['path'],
  'ak.wwise.core.audio.import': ['audioFile'],
  'ak.wwise.core.audio.importTabDelimited': ['importFile'],
  'ak.wwise.core.executeLuaScript': ['luaScript', 'luaPaths', 'doFiles'],
  // Sources to import are members of objects at any depth.
  'ak.wwise.core.object.set': ['audioFile'],
  'ak.wwise.core.profiler.saveCapture': ['file'],
  'ak.wwise.core.soundbank.convertExternalSources': ['input', 'output'],
  'ak.wwise.core.soundbank.processDefinitionFiles': ['files'],
  'ak.wwise.core.sourceControl.add': ['files'],
  'ak.wwise.core.sourceControl.checkOut': ['files'],
  'ak.wwise.core.sourceControl.commit': ['files'],
  'ak.wwise.core.sourceControl.delete': ['files'],
  'ak.wwise.core.sourceControl.getSourceFiles': ['folder'],
  'ak.wwise.core.sourceControl.getStatus': ['files'],
  'ak.wwise.core.sourceControl.move': ['files', 'newFiles'],
  'ak.wwise.core.sourceControl.revert': ['files'],
  'ak.wwise.debug.generateToneWAV': ['path'],
  'ak.wwise.ui.project.create': ['path'],
  'ak.wwise.ui.project.open': ['path'],
};

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
