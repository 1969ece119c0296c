import { parseWwuSteps } from '../../wwu/parse.ts';
import { conflictMarkers, parseProblem, WwuParseProblem } from '../../wwu/parse-problem.ts';
import { attribute, type WwuDocument } from '../../wwu/tree.ts';
import { newestSchema } from './newer-schema.ts';

/** Why the bytes of a project file are not what Wwise writes, where no line and column say more. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
  /** True where nothing is broken: another version of Wwise wrote it so. */
  readonly isOfAnotherVersion: boolean;

  constructor(reason: string, isOfAnotherVersion = false) {
    super(reason);
    this.isOfAnotherVersion = isOfAnotherVersion;
  }
}

export type DocumentType = 'Project' | 'WorkUnit';

/**
 * The document in the bytes of a .wproj (`Project`) or .wwu (`WorkUnit`). Throws UnreadableDocument or WwuParseProblem, with
 * the reason in plain words: empty, a pointer of Git LFS, a merge that is not finished, cut off, another encoding, no Wwise
 * document, or a layout of a Wwise too old or too new to be understood: newer than `newest`, the newest that is known. What is refused here is neither read in part nor written.
 * Yields within large files: see core/turns/turns.ts.
 */
export function* readDocument(
  bytes: Uint8Array,
  type: DocumentType,
  newest: number = newestSchema,
): Generator<void, WwuDocument> {
  const standIn = standInReason(bytes);
  if (standIn !== undefined) throw new UnreadableDocument(standIn);
  refuseConflict(bytes);
  const document = yield* parsed(bytes);
  const foreign = foreignReason(document, type, newest);
  if (foreign !== undefined) throw foreign;
  return document;
}

/** What stands in the place of a file whose content is elsewhere, or lost. */
function standInReason(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'it is empty (0 bytes)';
  const filled = filledLength(bytes);
  if (filled === 0)
    return `it holds nothing but ${bytes.length} zero bytes, as after a crash while it was written`;
  if (filled < bytes.length && bytes[0] !== 0xff && bytes[1] !== 0)
    return `it holds nothing but zero bytes from byte ${filled} on, as after a crash while it was written`;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1');
  if (head.startsWith('version https://git-lfs.github.com/spec/'))
    return 'it is a Git LFS pointer, not the file itself: fetch it with `git lfs pull`';
  if (/^\/annex\/objects\/|^\.\.?\/.*\/annex\/objects\//.test(head))
    return 'it is a git-annex pointer, not the file itself: fetch it with `git annex get`';
  return bytes.length <= 200 && head.trim() === '' ? 'it holds nothing but white space' : undefined;
}

/** How many bytes there are before the zeros at the end. */
function filledLength(bytes: Uint8Array): number {
  let at = bytes.length;
  while (at > 0 && bytes[at - 1] === 0) at--;
  return at;
}

/**
 * A marker inside a <PluginData> or CDATA would be taken for its text. Wwise escapes both signs in any other text, so a line
 * that begins with seven of them is never one of its own.
 */
function refuseConflict(bytes: Uint8Array): void {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!data.includes('<<<<<<<') && !data.includes('>>>>>>>')) return;
  const text = data.toString('utf8');
  const marker = /^(?:<{7}|>{7})(?: |\r?$)/m.exec(text);
  if (marker !== null) throw parseProblem(text, marker.index, conflictMarkers);
}

function* parsed(bytes: Uint8Array): Generator<void, WwuDocument> {
  try {
    return yield* parseWwuSteps(bytes);
  } catch (problem) {
    if (!(problem instanceof WwuParseProblem) || problem.message.includes('cut off')) throw problem;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8').trim();
    const begins = /^\uFEFF?<(?:\?xml|WwiseDocument)/.test(text);
    if (!begins || text.endsWith('</WwiseDocument>') || /conflict|UTF-/.test(problem.message)) throw problem;
    throw new UnreadableDocument(
      `it is cut off: it ends after ${bytes.length} bytes without </WwiseDocument> (${problem.message})`,
    );
  }
}

/** Why a well-formed document is not one of this type that can be understood. */
function foreignReason(
  { root }: WwuDocument,
  wanted: DocumentType,
  newest: number,
): UnreadableDocument | undefined {
  if (root.name !== 'WwiseDocument')
    return new UnreadableDocument(`it is no Wwise document: its root element is <${root.name}>`);
  const type = attribute(root, 'Type');
  if (type !== wanted)
    return new UnreadableDocument(
      `it is a Wwise document of type ${type ?? 'unknown'}, not of type ${wanted}`,
    );
  const written = attribute(root, 'SchemaVersion');
  const schema = schemaReason(written, newest);
  if (schema !== undefined) return new UnreadableDocument(schema, Number.isInteger(Number(written ?? '-')));
  const content = wanted === 'Project' ? undefined : contentReason(root);
  return content === undefined ? undefined : new UnreadableDocument(content);
}

/** Why what is in the document is no Work Unit. */
function contentReason(root: WwuDocument['root']): string | undefined {
  const hierarchy = root.children[0];
  if (hierarchy === undefined || root.children.length !== 1)
    return `it holds ${root.children.length} hierarchies, and a Work Unit holds one`;
  if (!hierarchies.has(hierarchy.name))
    return `it holds <${hierarchy.name}>, which is no hierarchy of a Wwise project`;
  const workUnit = hierarchy.children[0];
  if (workUnit?.name !== 'WorkUnit' || hierarchy.children.length !== 1)
    return `<${hierarchy.name}> does not hold exactly one Work Unit`;
  return guid.test(attribute(workUnit, 'ID') ?? '') ? undefined : 'its Work Unit has no GUID';
}

/**
 * The layouts of 2017.1 to 2025.1 are known (measured on 34 projects). Files of an older Wwise are written otherwise (their
 * Actions would lose their targets); what a newer one writes cannot be known: a whole project of one is open for reading only,
 * and among the files of another Wwise refuses it as well.
 */
function schemaReason(written: string | undefined, newest: number): string | undefined {
  const schema = Number(written);
  if (written === undefined || !Number.isInteger(schema))
    return `its SchemaVersion is ${written ?? 'missing'}`;
  if (schema < oldestSchema)
    return `it was written by a Wwise before 2017.1 (schema ${schema}, known here from ${oldestSchema} on): open the project in Wwise 2017.1 or newer and save it there`;
  if (schema > newest)
    return `it was written by a newer Wwise (schema ${schema}, known here up to ${newestSchema}, which is 2025.1) and could be misread`;
  return undefined;
}

const oldestSchema = 80;

const guid = /^\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i;

/** The element below the root, which says in which hierarchy a Work Unit is: all there are from 2017.1 to 2025.1 (measured). */
const hierarchies: ReadonlySet<string> = new Set([
  'Attenuations',
  'AudioDevices',
  'AudioObjects',
  'Busses',
  'Containers',
  'ControlSurfaceSessions',
  'Conversions',
  'Devices',
  'DynamicDialogue',
  'Effects',
  'Events',
  'GameParameters',
  'InteractiveMusic',
  'Metadatas',
  'MixingSessions',
  'Modulators',
  'Presets',
  'Queries',
  'SidechainMixes',
  'SoundBanks',
  'SoundcasterSessions',
  'States',
  'Switches',
  'Triggers',
  'VirtualAcoustics',
]);
