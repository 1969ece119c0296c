import type { BackendSession, RecordedSession } from '../backend/backend-session.ts';
import type { ChangeRecord } from '../backend/change-record.ts';
import type { ProjectFilesView } from '../backend/project-files.ts';
import type { ProjectIdentity } from '../backend/project-identity.ts';
import type { RunGroup } from '../backend/run-group.ts';
import type { BatchItem, DispatchOptions } from './bus.ts';
import type { Strategy } from './execute/strategy.ts';
import type { Slot } from './slot.ts';
import type { Unit } from './unit.ts';

/** What the dispatcher needs of a back-end. `S`: a call whose calls of the back-end can be shared; `X`: its sessions. */
export interface DispatchBackend<S extends Slot = Slot, X extends BackendSession = BackendSession> {
  /** One dispatch: it must not begin in one project and go on in another. */
  sessions(options: DispatchOptions): Sessions<S, X>;
  readonly projectFiles: ProjectFilesView;
  /** The project that is open now. */
  project(): Promise<ProjectIdentity>;
  /** One undo step that is not a run's at a time. */
  oneAtATime<T>(work: () => Promise<T>): Promise<T>;
}

export interface Sessions<S extends Slot, X extends BackendSession> {
  /** `isReading`: nothing of it changes the project. `guard`: awaited before each change, which it may refuse. */
  open(isReading: boolean, guard?: () => Promise<void>): X;
  /** The session as a command uses it whose changes are recorded, for an item that is heard of what happens meanwhile. */
  recorded(session: X, hears: Pick<BatchItem, 'onProgress' | 'onImport'>): RecordedSession<X>;
  /** These calls as ones that share their calls; undefined where they cannot. */
  sharing(slots: readonly Slot[]): Promise<readonly S[] | undefined>;
  /** How calls that share become few; inside the group of the run, or in one of their own. */
  share(unit: Unit<S, X>, group: RunGroup | undefined): SharingStrategy<S>;
}

/** What else is known of calls that were made together. */
export interface SharingStrategy<S extends Slot> extends Strategy<S> {
  /** What the part of this call changed; undefined where that was not seen. */
  changesOf(slot: S): readonly ChangeRecord[] | undefined;
}
