import { resolve } from 'node:path';
import { WwiseFlowError } from '../core/errors.ts';
import { asJsonObject, deepestDocument, isNestedDeeper, type JsonObject } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { isTurnLong, nextTurn } from '../core/turns.ts';
import { WaapiError } from '../wwise/connection/backend.ts';
import type { Engine, EngineSession } from './engine.ts';
import type { WaapiFunction } from './functions/define-function.ts';
import { createAddOnCommands } from './instance/add-on-commands.ts';
import type { Instance } from './instance/instance.ts';
import { createSelection } from './instance/selection.ts';
import { createTransports } from './instance/transports.ts';
import { createWwiseLog } from './instance/wwise-log.ts';
import { createDiskFollower } from './project/follow-disk.ts';
import { openProject as openFromDisk } from './project/open.ts';
import type { OpenProject } from './project/open-project.ts';
import { systemNews } from './project/system-news.ts';
import { checkArguments } from './protocol/check-arguments.ts';
import { functionSchemas } from './protocol/schemas.gen.ts';
import { waapiErrors } from './protocol/waapi-errors.ts';
import { applyWork } from './recovery/apply-work.ts';
import { createTouchedObjects } from './recovery/touched-objects.ts';
import { allTopics } from './topics/catalog.ts';
import { createSubscriptions } from './topics/subscriptions.ts';

export interface EngineOptions {
  /** The project to serve; the engine closes it. Null: only functions about the instance answer. */
  readonly openProject: OpenProject | null;
  /** What the engine answers: `waapiFunctions(instance)` of functions/catalog.ts. */
  readonly functions: readonly WaapiFunction[];
  /** Default: git, for projects in a git work tree. */
  readonly sourceControl?: 'git' | null | undefined;
  /** False: the files are nobody else's, so nothing done to them is looked for. Default: true. */
  readonly followDisk?: boolean | undefined;
  readonly log: Log;
}

/**
 * The embedded engine: dispatches WAAPI calls of any number of sessions, strictly one after the other.
 * A call is looked at in Wwise's order: function known, offered here, project open, arguments, then the work itself.
 */
export function createEngine(engineOptions: EngineOptions): Engine {
  const { functions, log } = engineOptions;
  const offered = new Map(functions.map((definition) => [definition.uri, definition]));
  const functionUris = [...offered.keys()];
  const subscriptions = createSubscriptions(allTopics, log);
  let project: OpenProject | null = null;
  let stopListening = (): void => {};
  const sessionNotices = new Set<string[]>();
  /** For the first session there is. */
  const firstNotices: string[] = [];
  const touched = createTouchedObjects();
  const follower = createDiskFollower({
    replace(reopened) {
      subscriptions.announce({ kind: 'preClosed' });
      subscriptions.announce({ kind: 'postClosed' });
      subscriptions.rebind(reopened.model);
      take(reopened);
      subscriptions.announce({ kind: 'loaded' });
    },
    report(notice) {
      // While something stands in the way each call is told, and the log once.
      if (notice !== lastReported) log.warn({ project: project?.filePath }, notice);
      lastReported = notice;
      notify(notice);
    },
  });
  let lastReported = '';
  let lastSession = 0;
  let inTurnUntil: Promise<unknown> = Promise.resolve();

  const instance: Instance = {
    log: createWwiseLog((channel, item) => subscriptions.announce({ kind: 'logged', channel, item })),
    transports: createTransports(({ id, object, gameObject, state }) =>
      subscriptions.announce({ kind: 'transportChanged', transport: id, state, object, gameObject }),
    ),
    selection: createSelection(),
    addOnCommands: createAddOnCommands(),
    sourceControl: engineOptions.sourceControl === undefined ? 'git' : engineOptions.sourceControl,
    get projectPath() {
      return project?.filePath ?? null;
    },
    async openProject(filePath) {
      const isSame = resolve(filePath) === project?.filePath;
      const opened =
        project !== null && isSame ? await project.reopen(false) : await openFromDisk(filePath, { log });
      closeProject();
      touched.clear();
      take(opened);
      subscriptions.announce({ kind: 'loaded' });
    },
    closeProject,
  };
  if (engineOptions.openProject !== null) take(engineOptions.openProject);

  function take(opened: OpenProject): void {
    stopListening();
    project = opened;
    stopListening = listen(opened);
    if (engineOptions.followDisk !== false) follower.attend(opened);
    instance.log.clear('projectLoad');
    for (const { filePath, problem } of opened.unreadableFiles())
      instance.log.add('projectLoad', 'Error', `${filePath}: ${problem}`);
    for (const { id, type, name, filePath, first } of opened.duplicateIds())
      instance.log.add(
        'projectLoad',
        'Warning',
        `${filePath}: ${type} "${name}" has the GUID ${id} of "${first.path}" in ${first.filePath}`,
      );
    for (const notice of opened.notices) notify(notice);
  }

  function notify(notice: string): void {
    const last = instance.log.items('projectLoad').at(-1);
    if (last?.message !== notice) instance.log.add('projectLoad', 'Warning', notice);
    if (sessionNotices.size === 0) firstNotices.push(notice);
    for (const notices of sessionNotices) if (!notices.includes(notice)) notices.push(notice);
  }

  function closeProject(): boolean {
    if (project === null) return false;
    if (project.isDirty)
      log.warn({ project: project.filePath }, 'closed with unsaved changes: they are lost');
    subscriptions.announce({ kind: 'preClosed' });
    stopListening();
    subscriptions.revokeProject();
    instance.transports.clear();
    instance.selection.clear();
    follower.attend(null);
    project.close();
    project = null;
    subscriptions.announce({ kind: 'postClosed' });
    return true;
  }

  function listen(source: OpenProject): () => void {
    const stopChanges = source.onChanges((batch) => {
      touched.note(batch);
      for (const change of batch) subscriptions.publish(source.model, { kind: 'changed', change, batch });
    });
    const stopSaved = source.onSaved((savedFiles) => {
      touched.clear();
      subscriptions.publish(source.model, { kind: 'saved', savedFiles });
    });
    const stopSteps = source.onUndoSteps((summary, changes) =>
      subscriptions.publish(source.model, { kind: 'stepped', summary, changes }),
    );
    return () => {
      stopSteps();
      stopChanges();
      stopSaved();
    };
  }

  function inTurn<T>(task: () => T | Promise<T>): Promise<T> {
    const outcome = inTurnUntil.then(task);
    inTurnUntil = outcome.then(tellNews, tellNews);
    return outcome;
  }

  /** A turn later: by then whoever called has its result, and the next call has not begun. */
  async function tellNews(): Promise<void> {
    if (!subscriptions.hasNews) return;
    await nextTurn();
    subscriptions.deliver();
  }

  async function run(
    sessionId: number,
    uri: string,
    args: JsonObject,
    options: JsonObject,
    seen: boolean,
  ): Promise<JsonObject> {
    const definition = offered.get(uri);
    const documented = Object.hasOwn(functionSchemas, uri);
    if (definition === undefined)
      throw documented ? waapiErrors.unavailable(uri) : waapiErrors.unknownProcedure(uri);
    if (project === null && documented && !needsNoProject.has(uri)) throw waapiErrors.noProject(uri);
    // A chain of small calls is as long as one large call: none of them waits for anything else.
    if (isTurnLong()) await nextTurn();
    checkArguments(uri, args, options);
    await keepUp(uri === 'ak.wwise.core.project.save', seen);
    const result = await definition.run(args, options, {
      get project() {
        if (project === null) throw waapiErrors.noProject(uri);
        return project;
      },
      instance,
      publish(event) {
        if (project !== null) subscriptions.publish(project.model, event);
      },
      sessionId,
      functionUris,
      topicUris: subscriptions.topicUris,
    });
    return result;
  }

  const followsDisk = (): boolean => project !== null && engineOptions.followDisk !== false;

  async function hearNews(): Promise<void> {
    if (followsDisk()) await systemNews();
  }

  async function keepUp(force: boolean, seen: boolean): Promise<void> {
    if (followsDisk()) await follower.keepUp(force, seen);
  }

  function guard<T>(what: string, task: () => T | Promise<T>): Promise<T> {
    return inTurn(async () => {
      try {
        return await task();
      } catch (error) {
        if (error instanceof WaapiError) throw error;
        log.error({ procedure: what, error }, 'a call failed in an unforeseen way');
        throw waapiErrors.unexpected(error instanceof Error ? error.message : String(error));
      }
    });
  }

  function openSession(): EngineSession {
    lastSession += 1;
    const sessionId = lastSession;
    let closed = false;
    const notices: string[] = firstNotices.splice(0);
    let takesNotices = false;
    let hearsNewsItself = false;
    sessionNotices.add(notices);
    // A client that reads no notices has the events and the log; its next call counts as one that knows.
    const hasSeenAll = (): boolean => !takesNotices || notices.length === 0;
    const whileOpen = (what: string): void => {
      if (closed) throw waapiErrors.unexpected(`${what} came after the session was closed.`);
    };
    return {
      async call(uri, args, options) {
        whileOpen(uri);
        const own = { args: copy(args), options: copy(options) };
        return await guard(uri, async () => {
          if (!hearsNewsItself && followsDisk()) await systemNews();
          return run(sessionId, uri, own.args, own.options, hasSeenAll());
        });
      },
      async subscribe(topic, options, onEvent) {
        whileOpen(topic);
        const own = copy(options);
        return await guard(topic, () => {
          whileOpen(topic);
          return subscriptions.add(project?.model ?? null, sessionId, topic, own, onEvent);
        });
      },
      hearNews() {
        hearsNewsItself = true;
        return hearNews();
      },
      isOwn: (what) => project?.undo.isOwn(what, sessionId) === true,
      takeNotices() {
        takesNotices = true;
        return notices.splice(0);
      },
      close() {
        if (closed) return;
        closed = true;
        sessionNotices.delete(notices);
        subscriptions.removeSession(sessionId);
        guard('closing a session', () => project?.undo.cancelOpenGroups(sessionId)).catch(() => {});
      },
    };
  }

  const whileStill: Engine['whileStill'] = (work) =>
    inTurn(async () => {
      await hearNews();
      await keepUp(true, false);
      return work(project);
    });

  return {
    get projectPath() {
      return project?.filePath ?? null;
    },
    get project() {
      return project;
    },
    unreadableFiles: () => [...(project?.unreadableFiles() ?? []), ...follower.unreadableFiles()],
    openSession,
    unsaved() {
      const work = project?.unsavedWork() ?? null;
      return project === null || work === null ? null : { work, objects: touched.in(project) };
    },
    recover: (work) =>
      inTurn(async () => {
        await keepUp(true, true);
        if (project === null || project.isDirty) throw unsavedInTheWay(work.projectPath);
        const written = applyWork(work);
        await instance.openProject(project.filePath);
        return written;
      }),
    upToDate: () => whileStill(async (current) => current),
    whileStill,
    close: () =>
      inTurn(() => {
        stopListening();
        follower.attend(null);
        project?.close();
        project = null;
      }),
  };
}

function unsavedInTheWay(projectPath: string): WwiseFlowError {
  return new WwiseFlowError(
    'CONFIRMATION_REQUIRED',
    `Not applied: ${projectPath} has unsaved edits in memory, which reading it again would lose.`,
    {
      hint: 'Save them with project_save, or give them up with project_reload and discardUnsaved; then apply again.',
      details: { filePath: projectPath },
    },
  );
}

const needsNoProject: ReadonlySet<string> = new Set([
  'ak.wwise.core.ping',
  'ak.wwise.core.getInfo',
  'ak.wwise.waapi.getFunctions',
  'ak.wwise.waapi.getTopics',
  'ak.wwise.waapi.getSchema',
  'ak.wwise.core.log.get',
  'ak.wwise.core.log.addItem',
  'ak.wwise.core.log.clear',
  'ak.wwise.console.project.create',
  'ak.wwise.console.project.open',
  'ak.wwise.console.project.close',
  'ak.wwise.ui.project.create',
  'ak.wwise.ui.project.open',
  'ak.wwise.ui.project.close',
  'ak.wwise.debug.enableAutomationMode',
  'ak.wwise.debug.generateToneWAV',
  'ak.wwise.debug.validateCall',
]);

/** As it would arrive over a wire: nothing shared with the caller, nothing that JSON does not carry. */
function copy(value: JsonObject): JsonObject {
  if (isNestedDeeper(value, deepestDocument)) {
    throw waapiErrors.invalidArguments(`The arguments are nested more than ${deepestDocument} levels deep.`);
  }
  return asJsonObject(JSON.parse(JSON.stringify(value)));
}
