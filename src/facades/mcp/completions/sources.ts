import { asJsonArray, asJsonObject, type Json } from '../../../core/json.ts';
import type { Result } from '../../../core/result.ts';
import { runStates } from '../../../core/run-states.ts';
import type { NamedKind } from '../resources/project-reader.ts';
import type { ResourceParts } from '../resources/resource-parts.ts';

/** Values of one kind that fit what was written so far. `beside`: the arguments that have a value already. */
export type CompletionSource = (
  text: string,
  beside: Readonly<Record<string, string>>,
) => Promise<readonly string[]>;

/** Where values come from, by the names that prompts and templates of resources give them. */
export function completionSources({
  openService,
  project,
}: ResourceParts): Readonly<Record<string, CompletionSource>> {
  const named =
    (kind: NamedKind): CompletionSource =>
    (text) =>
      project.named(kind, text);
  const runs = async (text: string, states: readonly string[]): Promise<readonly string[]> => {
    const listed = members(await (await openService()).list({ limit: 100 }), 'runs');
    return listed
      .filter(({ state }) => states.includes(String(state)))
      .map(({ executionId }) => String(executionId))
      .filter(beginsWith(text));
  };
  const workflows = async (): Promise<readonly string[]> => {
    const { library } = await openService();
    const listed = await library.list({ limit: 100 });
    return [...members(listed, 'workflows'), ...members(listed, 'examples')].map((one) =>
      String(one.workflowId),
    );
  };
  const ofProject = async (member: 'platforms' | 'languages'): Promise<readonly string[]> => {
    const info = await project.info();
    return info.ok ? texts(info.data[member]) : [];
  };
  return {
    paths: (text) => project.paths(text),
    buses: named('Bus'),
    events: named('Event'),
    soundBanks: named('SoundBank'),
    switchGroups: named('SwitchGroup'),
    folders: (text) => project.folders(text),
    platforms: async (text) => (await ofProject('platforms')).filter(beginsWith(text)),
    languages: async (text) => (await ofProject('languages')).filter(beginsWith(text)),
    workUnits: async (text) => (await project.workUnits()).filter(holds(text)),
    waapi: async (text) => {
      const known = await project.waapi();
      return known.ok
        ? [...texts(known.data.functions), ...texts(known.data.topics)].filter(holds(text))
        : [];
    },
    nodeTypes: async (text) => {
      const known = await (await openService()).authoring();
      return known.ok ? known.data.nodeTypes.map(({ alias }) => alias).filter(holds(text)) : [];
    },
    templates: async (text) => {
      const known = members(await (await openService()).templates.list({}), 'templates');
      return known.map(({ workflowId }) => String(workflowId)).filter(holds(text));
    },
    workflows: async (text) => (await workflows()).filter(holds(text)),
    runs: (text) => runs(text, runStates),
    failedRuns: (text) => runs(text, ['failed', 'cancelled', 'interrupted']),
    namings: async (text) => namings.filter(beginsWith(text)),
    // A folder per surface lies in the folder that was given.
    subfolders: async (text, { folder = '' }) => {
      const below = await project.folders(`${folder.replace(/[\\/]+$/, '')}/`);
      return below.map((path) => path.split(/[\\/]/).at(-1) ?? '').filter(beginsWith(text));
    },
  };
}

/** As files are named most often. */
const namings = [
  '{sound}',
  '{sound}_{take}',
  '{group}_{sound}',
  '{group}_{sound}_{take}',
  'SFX_{sound}_{take}',
];

function beginsWith(text: string): (value: string) => boolean {
  const wanted = text.toLowerCase();
  return (value) => value.toLowerCase().startsWith(wanted);
}

function holds(text: string): (value: string) => boolean {
  const wanted = text.toLowerCase();
  return (value) => value.toLowerCase().includes(wanted);
}

function members(result: Result<Readonly<Record<string, unknown>>>, name: string) {
  if (!result.ok) return [];
  const plain: Json = JSON.parse(JSON.stringify(result.data[name] ?? []));
  return asJsonArray(plain).map(asJsonObject);
}

function texts(list: Json | undefined): readonly string[] {
  return asJsonArray(list).filter((one) => typeof one === 'string');
}
