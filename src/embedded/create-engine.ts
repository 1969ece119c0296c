import { resolve } from 'node:path';
import type { JsonObject } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { isTurnLong, nextTurn } from '../core/turns/turns.ts';
import { onlyReads } from '../wwise/connection/reading-functions.ts';
import { createCallOrder, inTurnOnly, notPastRunning, type Way } from './calls/call-order.ts';
import { createCalls, type Pauses } from './calls/calls.ts';
import type { Engine, EngineSession } from './engine.ts';
import { createEngineNotices, readMeanwhile } from './engine-notices.ts';
import type { WaapiFunction } from './functions/define-function.ts';
import { createAddOnCommands } from './instance/add-on-commands.ts';
import type { Instance } from './instance/instance.ts';
import { createSelection } from './instance/selection.ts';
import { openSessionLog, type SessionLog } from './instance/session-log.ts';
import { createTransports } from './instance/transports.ts';
import { createWwiseLog } from './instance/wwise-log.ts';
import { createDiskFollower } from './project/disk/follow-disk.ts';
import { systemNews } from './project/disk/system-news.ts';
import { openProject as openFromDisk } from './project/open-project.ts';
import type { OpenedProject } from './project/opened-project.ts';
import { checkArguments } from './protocol/check-arguments.ts';
import { commandLineFunctions } from './protocol/command-line-functions.ts';
import { copyOfArguments } from './protocol/copy-of-arguments.ts';
import { needsNoProject } from './protocol/needs-no-project.ts';
import { functionSchemas } from './protocol/schemas.gen.ts';
import { refusalMessage, waapiErrors } from './protocol/waapi-errors.ts';
import { publishEdits } from './publish-edits.ts';
import { applyWork } from './recovery/apply-work.ts';
import { createTouchedObjects } from './recovery/touched-objects.ts';
import { unsavedInTheWay } from './recovery/unsaved-in-the-way.ts';
import { createRestoring } from './restoring.ts';
import { allTopics } from './topics/catalog.ts';
import { createSubscriptions } from './topics/subscriptions.ts';

export interface EngineOptions {
  /** The project to serve; the engine closes it. Null: only functions about the instance answer. */
  readonly openProject: OpenedProject | null;
  /** What the engine answers: `waapiFunctions(instance)` of functions/catalog.ts. */
  readonly functions: readonly WaapiFunction[];
  /** Default: git, for projects in a git work tree. */
  readonly sourceControl?: 'git' | null | undefined;
  /** False: the files are nobody else's, so nothing done to them is looked for. Default: true. */
  readonly followDisk?: boolean | undefined;
  /** As `openProject` takes them, for projects that calls open. Default: none. */
  readonly allowedDirs?: readonly string[] | undefined;
  readonly log: Log;
}

/**
 * The embedded engine: dispatches WAAPI calls of any number of sessions. Each call that may change something runs alone.
 * A call is looked at in Wwise's order: function known, offered here, project open, arguments, then the work itself.
 */
export function createEngine(engineOptions: EngineOptions): Engine {
  const { functions, log, allowedDirs = [] } = engineOptions;
  const offered = new Map(functions.map((definition) => [definition.uri, definition]));
  const functionUris = [...offered.keys()];
  const subscriptions = createSubscriptions(allTopics, log);
  let project: OpenedProject | null = null;
  let stopListening = (): void => {};
  const notices = createEngineNotices();
  const touched = createTouchedObjects();
  const follower = createDiskFollower({
    replace(reopened) {
      subscriptions.announce({ kind: 'preClosed' });
      subscriptions.announce({ kind: 'postClosed' });
      subscriptions.rebind(reopened.model);
      take(reopened);
      subscriptions.announce({ kind: 'loaded' });
    },
    report(notice, stands = false) {
      if (stands) notices.letStand(notice);
      // While something stands in the way each call says so, and the log once.
      if (notice !== lastReported) log.warn({ project: project?.filePath }, notice);
      lastReported = notice;
      notify(notice);
    },
  });
  let lastReported = '';
  let lastSession = 0;
  const order = createCallOrder({ afterEach: notifyNews, nowMs: () => performance.now() });
  const calls = createCalls(order, log);
  let keepingUp: Promise<void> | null = null;

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
        project !== null && isSame
          ? await project.reopen(false)
          : await openFromDisk(filePath, { log, allowedDirs });
      closeProject();
      touched.clear();
      notices.withdrawStanding();
      take(opened);
      subscriptions.announce({ kind: 'loaded' });
    },
    async readAgain(cause) {
      if (followsDisk()) await follower.keepUp(true, true, cause);
    },
    closeProject,
  };
  if (engineOptions.openProject !== null) take(engineOptions.openProject);

  function take(opened: OpenedProject): void {
    stopListening();
    project = opened;
    stopListening = publishEdits(opened, { subscriptions, touched, notices });
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
    notices.say(notice);
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

  /** A turn later: by then whoever called has its result, and the next call has not begun. */
  async function notifyNews(): Promise<void> {
    if (!subscriptions.hasNews) return;
    await nextTurn();
    await subscriptions.deliver();
  }

  async function run({ sessionId, uri, args, options, seen, pauses, way }: RunningCall): Promise<JsonObject> {
    const definition = offered.get(uri);
    const documented = Object.hasOwn(functionSchemas, uri);
    if (definition === undefined) {
      const isKnown = documented || commandLineFunctions.has(uri);
      throw isKnown ? waapiErrors.unavailable(uri) : waapiErrors.unknownProcedure(uri);
    }
    if (project === null && documented && !needsNoProject.has(uri)) throw waapiErrors.noProject(uri);
    checkArguments(uri, args, options);
    // A change that is under way must find the tree that it was begun on.
    const catchingUp =
      way === 'pastRunningChange' ? undefined : keepUp(uri === 'ak.wwise.core.project.save', seen);
    if (catchingUp !== undefined) await catchingUp;
    // While this one reads on, another read may find the files changed and have the project read again.
    const atStart = project;
    const result = await definition.run(args, options, {
      get project() {
        const current = onlyReads(uri) ? atStart : project;
        if (current === null) throw waapiErrors.noProject(uri);
        return current;
      },
      instance,
      ...pauses,
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

  /** Reads that run beside each other look at the disk one after the other. Undefined where there is nothing to wait for. */
  function keepUp(force: boolean, seen: boolean): Promise<void> | undefined {
    if (!followsDisk() || (keepingUp === null && follower.isKept(force, seen))) return undefined;
    const kept = (keepingUp ?? Promise.resolve()).then(() => follower.keepUp(force, seen));
    const settled = kept
      .catch(() => {})
      .then(() => {
        if (keepingUp === settled) keepingUp = null;
      });
    keepingUp = settled;
    return kept;
  }

  function openSession(from?: string): EngineSession {
    lastSession += 1;
    const sessionId = lastSession;
    let closed = false;
    const own = notices.join();
    let hearsNewsItself = false;
    const said = openSessionLog(instance.log, sessionId, from);
    const whileOpen = (what: string): void => {
      if (closed) throw waapiErrors.unexpected(`${what} came after the session was closed.`);
    };
    return {
      async call(uri, args, options, signal, onKept) {
        whileOpen(uri);
        const copied = { args: copyOfArguments(args), options: copyOfArguments(options) };
        const outcome = calls.run({
          uri,
          sessionId,
          signal,
          // What a client sent before it went away is done, but nobody is there to read an answer.
          isUnwanted: () => closed && onlyReads(uri),
          async work(pauses, way) {
            if (way === 'pastRunningChange') own.say(readMeanwhile);
            if (!hearsNewsItself && followsDisk()) await systemNews();
            // A chain of small calls is as long as one large call: none of them waits for anything else.
            else if (isTurnLong()) await nextTurn();
            const work = async () => {
              const answer = await run({ sessionId, uri, ...copied, seen: own.hasSeenAll(), pauses, way });
              own.answered(uri, copied.args, project?.model);
              return answer;
            };
            const current = project;
            if (onKept === undefined || current === null || onlyReads(uri)) return work();
            const { result, kept } = await current.keeping(work, pauses.giveWay);
            onKept(kept);
            return result;
          },
        });
        return await logged(uri, said, outcome);
      },
      async subscribe(topic, options, onEvent) {
        whileOpen(topic);
        const copied = copyOfArguments(options);
        const work = calls.guarded(topic, async () => {
          whileOpen(topic);
          return subscriptions.add(project?.model ?? null, sessionId, topic, copied, onEvent);
        });
        return await logged(topic, said, order.read(sessionId, notPastRunning(work)));
      },
      restoring: createRestoring({ order, calls, sessionId, project: () => project }),
      hearNews() {
        hearsNewsItself = true;
        return hearNews();
      },
      isOwn: (what) => project?.undo.isOwn(what, sessionId) === true,
      nextStep: (verb) => project?.undo.next(verb),
      takeNotices: () => own.take(),
      close() {
        if (closed) return;
        closed = true;
        own.leave();
        said.closed();
        subscriptions.removeSession(sessionId);
        const ending = calls.guarded('closing a session', async () => {
          project?.undo.cancelOpenGroups(sessionId);
        });
        order.change(sessionId, ending).catch(() => {});
      },
    };
  }

  /** What is refused stands in the log, for whoever looks for what a program did wrong. */
  async function logged<T>(uri: string, said: SessionLog, outcome: Promise<T>): Promise<T> {
    try {
      return await outcome;
    } catch (failure) {
      const message = refusalMessage(failure);
      if (message !== undefined) said.refused(uri, message);
      throw failure;
    }
  }

  const whileStill: Engine['whileStill'] = (work) =>
    order.read(
      nobody,
      inTurnOnly(async () => {
        await hearNews();
        await keepUp(true, false);
        return work(project);
      }),
    );

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
      order.change(nobody, async () => {
        await keepUp(true, true);
        if (project === null || project.isDirty) throw unsavedInTheWay(work.projectPath);
        const written = applyWork(work, project.bounds);
        await instance.openProject(project.filePath);
        return written;
      }),
    upToDate: () => whileStill(async (current) => current),
    whileStill,
    close: () =>
      order.change(nobody, async () => {
        stopListening();
        follower.attend(null);
        project?.close();
        project = null;
      }),
  };
}

interface RunningCall {
  readonly sessionId: number;
  readonly uri: string;
  readonly args: JsonObject;
  readonly options: JsonObject;
  readonly seen: boolean;
  readonly pauses: Pauses;
  readonly way: Way;
}

/** Stands for those who work on the project without being a session. */
const nobody = 0;
