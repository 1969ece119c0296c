import { asJsonArray, asJsonObject, type JsonObject } from '../../src/core/json.ts';
import { home } from './ground.ts';
import type { Known } from './laws.ts';
import type { Called, Session } from './session.ts';
import { look, type Tally } from './tally.ts';

/** Codes after which nobody can know without looking. */
const doubtful = new Set(['OUTCOME_UNKNOWN', 'GONE', 'UNANSWERED', 'TIMEOUT', 'CANCELLED', 'WAAPI_TIMEOUT']);

/** Makes calls of a session, and keeps what is known of what they made. */
export interface Work {
  readonly made: Map<string, Known>;
  /** Calls anything, and looks at whether it was answered. */
  call(session: Session, tool: string, args: JsonObject): Promise<Called>;
  /** Creates a Sound of a new name, by one of the ways there are. Gives whether it is made. */
  create(session: Session, notes?: string): Promise<boolean>;
  /** Saves; whether that was answered by yes. */
  save(session: Session): Promise<boolean>;
  /** What is not saved is as good as unknown from now on. */
  loseUnsaved(): void;
}

/** `prefix` begins the names of what is made. */
export function startWork(tally: Tally, random: () => number, prefix: string): Work {
  const made = new Map<string, Known>();
  const saved = new Set<string>();
  let nth = 0;
  const work: Work = {
    made,
    call: async (session, tool, args) => {
      tally.calls += 1;
      const called = await session.call(tool, args);
      look(tally, 'answered', called.code === 'UNANSWERED' ? [`${prefix}: ${tool} has no answer`] : []);
      return called;
    },
    create: async (session, notes) => {
      const name = `${prefix}_${++nth}`;
      const kind = random();
      made.set(name, 'unknown');
      const called = await work.call(session, ...creation(kind, name, notes));
      made.set(name, knownOf(called, kind >= byWorkflow));
      return called.ok;
    },
    save: async (session) => {
      const before = [...made].filter(([, known]) => known === 'made').map(([name]) => name);
      const { ok } = await work.call(session, 'project_save', {});
      if (ok) for (const name of before) saved.add(name);
      return ok;
    },
    loseUnsaved: () => {
      for (const [name, known] of made) if (known === 'made' && !saved.has(name)) made.set(name, 'unknown');
    },
  };
  return work;
}

const byWorkflow = 0.8;

function creation(kind: number, name: string, notes: string | undefined): [tool: string, args: JsonObject] {
  const more = notes === undefined ? {} : { notes };
  const sound = { type: 'Sound', name, properties: { Volume: -6 }, ...more };
  if (kind < 0.4) return ['create_object', { ...sound, parentPath: home }];
  if (kind < byWorkflow) return ['set_objects', { objects: [{ objectId: home, children: [sound] }] }];
  const nodes = [
    { id: 'sound', type: 'create_sound', data: { name, parentPath: home } },
    { id: 'volume', type: 'set_property', data: { property: 'Volume', value: -6 } },
    ...(notes === undefined ? [] : [{ id: 'notes', type: 'set_notes', data: { notes } }]),
  ];
  const edges = nodes.slice(1).map(({ id }) => ({ source: 'sound', target: id }));
  return ['workflow_run', { workflow: { workflowId: name, nodes, edges } }];
}

/** Of a workflow that failed, what its first node says counts; where it says nothing nobody knows. */
function knownOf({ ok, code, data }: Called, isWorkflow: boolean): Known {
  if (ok) return 'made';
  if (doubtful.has(code)) return 'unknown';
  if (!isWorkflow) return 'refused';
  const [row] = asJsonArray(data.results).map(asJsonObject);
  return row?.status === 'done' ? 'made' : 'unknown';
}
