import { randomBytes } from 'node:crypto';
import type { NoEffectYet } from '../../core/backend/no-effect-yet.ts';
import { WwiseFlowError } from '../../core/errors.ts';
import {
  asJsonArray,
  asJsonObject,
  asString,
  isJsonObject,
  type Json,
  type JsonObject,
} from '../../core/json.ts';
import { type Log, silentLog } from '../../core/log.ts';
import type { Outside } from '../../core/outside/outside.ts';
import type { Result } from '../../core/result.ts';
import { nearest } from '../../core/text/nearest.ts';
import { isTurnLong, nextTurn } from '../../core/turns/turns.ts';
import type { Plan } from '../compiler/plan.ts';
import { kindsOf } from '../nodes/catalog.ts';
import { noPresets, type Presets } from '../remote/presets/read-presets.ts';
import { createRunner, type RunnerParts, type RunOptions } from '../runtime/runner.ts';
import { type EstimatedCosts, estimateCosts } from './estimate-costs.ts';
import type {
  FileChange,
  Fingerprint,
  ImageSource,
  NewOriginal,
  PreviewedChange,
  ProjectImage,
} from './image.ts';
import { sourcesNow } from './source-files.ts';
import { type UnifiedDiff, unifiedDiff } from './unified-diff.ts';

/** What a run of a plan would do, complete; what a caller sees of it at once is cut in show-preview.ts. */
export interface Preview {
  readonly previewId: string;
  readonly plan: Plan;
  readonly options: Pick<RunOptions, 'input' | 'forceRerun'>;
  /** Nodes gave what their mocks say: it cannot be done for real. */
  readonly isDemo: boolean;
  /** The answer a run would give, with the project's paths. */
  readonly result: Result;
  readonly objects: readonly PreviewedChange[];
  readonly files: readonly FileDiff[];
  readonly originals: readonly NewOriginal[];
  readonly warnings: readonly string[];
  /** Left out where no node has a price. */
  readonly estimatedCosts?: EstimatedCosts;
  readonly fingerprint: Fingerprint;
  /** Of the files outside the project that the run would read. */
  readonly sources: Fingerprint;
  /** Of the files in the Originals that the run would look for or write. */
  readonly originalsLookedAt: Fingerprint;
  readonly expiresAtMs: number;
}

export interface FileDiff extends UnifiedDiff {
  readonly filePath: string;
  readonly state: 'created' | 'changed' | 'deleted';
}

export interface Previews {
  /**
   * Runs a plan on an image of the project. Rejects only when there is no image to be had; a run that would fail is what
   * `result` says.
   */
  make(plan: Plan, options?: RunOptions & { readonly demo?: boolean | undefined }): Promise<Preview>;
  /** @throws WwiseFlowError PREVIEW_NOT_FOUND when there is none of this id, or no longer. */
  get(previewId: string): Preview;
  /**
   * The preview, when the project is still what it was when it was made.
   * Rejects with PREVIEW_NOT_FOUND, or PROJECT_CHANGED naming the files, those that it would read or write included.
   */
  checkUnchanged(previewId: string): Promise<Preview>;
}

export interface PreviewParts {
  readonly images: ImageSource;
  readonly log: Log;
  /** A text as a name that the back-end takes for an object of a type. */
  readonly cleanName?: (text: string, type: string) => string;
  /** Whose prices estimates go by. */
  readonly presets?: Presets;
  /** What nodes read from; they write and send nothing in a preview. */
  readonly outside?: Outside;
  readonly now?: () => number;
}

/** How long a preview can be looked at and applied. In milliseconds. */
export const PREVIEW_LIFE_MS = 30 * 60_000;

/** Older previews give way to newer ones. */
const MAX_PREVIEWS = 20;

/** Previews live in memory: they are of use only while somebody looks at them. */
export function createPreviews({
  images,
  log,
  cleanName,
  outside,
  presets = noPresets,
  now = Date.now,
}: PreviewParts): Previews {
  // Nothing leaves a preview, so it needs no secret.
  const expressions = {
    secret: (name: string) => `(secret ${name})`,
    ...(cleanName === undefined ? {} : { cleanName }),
  };
  const kept = new Map<string, Preview>();

  const make: Previews['make'] = async (plan, { input, forceRerun, demo, ...others } = {}) => {
    const preview = await tryOut(
      plan,
      { input, forceRerun },
      others,
      { images, log, expressions, outside, presets, isDemo: demo === true },
      now() + PREVIEW_LIFE_MS,
    );
    kept.set(preview.previewId, preview);
    for (const id of kept.keys()) if (kept.size > MAX_PREVIEWS) kept.delete(id);
    return preview;
  };

  const get: Previews['get'] = (previewId) => {
    const preview = kept.get(previewId);
    if (preview !== undefined && preview.expiresAtMs > now()) return preview;
    kept.delete(previewId);
    const reason =
      preview === undefined
        ? 'is not known: none was made in this session, or it has expired'
        : 'has expired';
    throw new WwiseFlowError('PREVIEW_NOT_FOUND', `The preview "${previewId}" ${reason}.`, {
      hint: 'Make a new one: workflow_run with mode "preview".',
      details: { previewId, candidates: nearest(previewId, kept.keys()) },
    });
  };

  const checkUnchanged: Previews['checkUnchanged'] = async (previewId) => {
    const preview = get(previewId);
    const inProject = differences(preview.fingerprint, await images.fingerprint());
    const inSources = differences(preview.sources, await sourcesNow(preview.sources));
    const looked = preview.originalsLookedAt;
    const inOriginals = differences(looked, images.originalsNow(Object.keys(looked)));
    const changed = [...new Set([...inProject, ...inSources, ...inOriginals])];
    if (changed.length === 0) return preview;
    const what =
      inProject.length > 0
        ? 'The project has'
        : inOriginals.length > 0
          ? 'Files in the Originals have'
          : 'Files to import have';
    throw new WwiseFlowError(
      'PROJECT_CHANGED',
      `${what} changed since the preview ${previewId}: ${changed.slice(0, 3).join(', ')}${changed.length > 3 ? ` and ${changed.length - 3} more` : ''}.`,
      {
        hint: 'Make a new preview with workflow_run mode "preview", look at it, and apply that one. Nothing was changed.',
        details: { previewId, changed },
      },
    );
  };

  return { make, get, checkUnchanged };
}

async function tryOut(
  plan: Plan,
  options: Preview['options'],
  others: RunOptions,
  {
    images,
    log,
    expressions,
    outside,
    presets,
    isDemo,
  }: Pick<PreviewParts, 'images' | 'log'> &
    Pick<RunnerParts, 'expressions' | 'outside'> & { readonly presets: Presets; readonly isDemo: boolean },
  expiresAtMs: number,
): Promise<Preview> {
  const image = await images.open();
  try {
    // Its own log: a preview is no execution, and must not look like one to whoever reads the log.
    const runner = createRunner({
      bus: image.bus,
      log: silentLog,
      isPreview: true,
      isDemo,
      expressions,
      outside,
    });
    let without: readonly NoEffectYet[] = [];
    const onNoEffectYet = (found: readonly NoEffectYet[]): void => {
      without = found;
    };
    const result = await runner.run(plan, { ...others, ...options, onNoEffectYet, caller: 'preview' });
    const { objects, files, originals, isSavedAtOnce } = await image.changes();
    const previewId = `preview_${randomBytes(8).toString('hex')}`;
    const meanwhile = differences(image.fingerprint, await images.fingerprint());
    log.info(
      { previewId, workflowId: plan.workflowId, ok: result.ok, objects: objects.length },
      'workflow.preview',
    );
    const estimatedCosts = estimateCosts(plan, kindsOf(image.bus), presets, callsIn(result));
    return {
      previewId,
      plan,
      options,
      isDemo,
      result: inProjectPaths(result, (value) => image.inProjectPaths(value)),
      objects: objects.map((object) => marked(object, without)),
      files: await diffsOf(files),
      originals,
      warnings: [
        ...image.warnings,
        ...(isSavedAtOnce ? [savedAtOnce] : []),
        ...onlyHere(result, image),
        ...changedMeanwhile(meanwhile),
      ],
      ...(estimatedCosts === undefined ? {} : { estimatedCosts }),
      fingerprint: image.fingerprint,
      sources: await image.sources(),
      originalsLookedAt: image.originalsLookedAt(),
      expiresAtMs,
    };
  } finally {
    await image.close();
  }
}

async function diffsOf(files: readonly FileChange[]): Promise<readonly FileDiff[]> {
  const diffs: FileDiff[] = [];
  for (const { filePath, before, after } of files) {
    const state = before === null ? 'created' : after === null ? 'deleted' : 'changed';
    diffs.push({ filePath, state, ...(await unifiedDiff(before, after)) });
    if (isTurnLong()) await nextTurn();
  }
  return diffs;
}

/** A change with a word beside each value that has no effect yet. */
function marked(object: PreviewedChange, without: readonly NoEffectYet[]): PreviewedChange {
  const lacking = without.filter(({ id, why }) => id === object.id && why !== 'distance only');
  if (lacking.length === 0) return object;
  const changes = object.changes.map((change) => {
    // \`Volume (Windows)\` is the value of one platform; lists are named as the file names them.
    const member = change.property.replace(/ \(.*\)$/, '').toLowerCase();
    const lack = lacking.find((one) => one.member.toLowerCase() === member);
    return lack === undefined ? change : { ...change, noEffectYet: lack.override };
  });
  return { ...object, changes };
}

/** How often nodes of loops would be executed, as far as the preview came to their loops. */
function callsIn(result: Result): (node: string) => number | undefined {
  const left = asJsonArray(answerOf(result).notPreviewed).map(String);
  const counts = new Map<string, number>();
  for (const id of left) {
    const name = id.replaceAll(/\[\d+\]/g, '[]');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return (node) => counts.get(node);
}

/** Only strings change, so the result stays a result. */
function inProjectPaths(result: Result, rename: (value: Json) => Json): Result {
  const notices = result.notices?.flatMap((notice) => asString(rename(notice)) ?? []);
  const noticed = notices === undefined ? {} : { notices };
  if (result.ok) return { ...result, data: asJsonObject(rename(result.data)), ...noticed };
  return {
    ...result,
    error: asString(rename(result.error)) ?? result.error,
    hint: asString(rename(result.hint)) ?? result.hint,
    ...(result.details === undefined ? {} : { details: asJsonObject(rename(result.details)) }),
    ...noticed,
  };
}

const savedAtOnce =
  'A Work Unit or physical folder is created, copied, moved or deleted: that saves the project at once, with everything unsaved by then, and what it deletes or writes comes back by no undo and no rollback.';

/** Failures that say more about the image than about the project. */
function onlyHere(result: Result, image: ProjectImage): string[] {
  if (result.ok) return [];
  return asJsonArray(result.details?.results)
    .filter(isJsonObject)
    .flatMap((row) => {
      const why = image.onlyHere(asJsonObject(row.details));
      return why === undefined
        ? []
        : [`Node ${asString(row.node)} ${why}: what it and the nodes after it do cannot be previewed.`];
    });
}

function changedMeanwhile(files: readonly string[]): string[] {
  return files.length === 0
    ? []
    : [`The project changed while the preview was made (${files.slice(0, 3).join(', ')}): make it again.`];
}

function differences(one: Fingerprint, other: Fingerprint): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((file) => one[file] !== other[file])
    .sort();
}

/** The members of the answer of a run, wherever it has them. */
export function answerOf(result: Result): JsonObject {
  return result.ok ? result.data : (result.details ?? {});
}
