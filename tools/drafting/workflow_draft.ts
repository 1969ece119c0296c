import { z } from 'zod';
import { WwiseFlowError } from '../../src/core/errors.ts';
import { childrenOf } from '../../src/wwise/objects/finding/children-of.ts';
import { findObject } from '../../src/wwise/objects/finding/find-object.ts';
import { refOf } from '../../src/wwise/objects/rows/object-row.ts';
import { expectType } from '../../src/wwise/objects/types/expect-type.ts';
import { type CommandContext, defineCommand } from '../../src/wwise/wwise-command.ts';
import { documentOf } from './parts/draft_document.ts';
import { type Form, form } from './parts/draft_form.ts';
import { readNaming } from './parts/draft_naming.ts';
import { questionsOf } from './parts/draft_questions.ts';
import { sortedFiles } from './parts/sorted_files.ts';

/** Names of files that do not fit, in an answer. */
const mostNamed = 50;

export const workflowDraft = defineCommand({
  name: 'workflow_draft',
  title: 'Draft workflow',
  description:
    'Make a complete import workflow of a filled-in form: files, naming, target, bus, Events, bank, questions. Changes nothing; then workflow_compile.',
  toolset: 'drafting',
  effect: 'read',
  readsOnly: 'files and the objects that are named',
  examples: [
    {
      title: 'A Random Container of takes for each sound, with Events in a bank',
      input: {
        folderPath: '/audio/new',
        naming: '{sound}_{take}',
        parentPath: '\\Containers\\Default Work Unit',
        container: { kind: 'random' },
        properties: { Volume: -6 },
        busPath: 'Bus:Sfx',
        event: 'Play_{name}',
        soundbank: 'Main',
      },
    },
    {
      title: 'A Switch Container by surface, with the Switch Group it follows',
      input: {
        files: ['/audio/Step_1.wav', '/audio/Step_2.wav'],
        naming: '{sound}_{switch}',
        parentPath: '\\Containers\\Default Work Unit',
        container: { kind: 'switch', newSwitchGroup: 'Surface' },
        event: 'Play_{name}',
      },
    },
    {
      title: 'Sounds of two files, asking for the bus and how loud',
      input: {
        files: ['/audio/Step_1.wav', '/audio/Step_2.wav'],
        parentPath: '\\Containers\\Default Work Unit',
        ask: ['busPath', 'Volume'],
      },
    },
  ],
  waapiCalls: 5,
  input: form,
  output: z.object({
    workflowId: z.string(),
    workflow: z.looseObject({}).describe('Compile, preview and run it as it is.'),
    makes: z
      .object({
        sounds: z.int(),
        containers: z.int(),
        groups: z.int(),
        switches: z.array(z.string()).optional(),
      })
      .describe('Of the files that are there now; switches: by the names of the files.'),
    leftOut: z.array(z.string()).describe('Files whose name does not fit; they are not imported.'),
    leftOutCount: z.int(),
    asks: z.array(z.string()).describe('What a person will be asked for.'),
    next: z.string(),
  }),
  async run(input, context) {
    const naming = readNaming(input.naming);
    const sorted = await sortedFiles(input, naming, context);
    await checkObjects(input, context);
    await checkSwitches(input.container?.switchGroup, sorted.switches, context);
    const questions = await questionsOf(input, context);
    const workflow = documentOf(input, naming, questions);
    return {
      workflowId: String(workflow.workflowId),
      workflow,
      makes: {
        sounds: sorted.sounds,
        containers: sorted.containers.length + sorted.switchedCount,
        groups: sorted.groups.length,
        ...(sorted.switches.length === 0 ? {} : { switches: [...sorted.switches] }),
      },
      leftOut: sorted.leftOut.slice(0, mostNamed),
      leftOutCount: sorted.leftOut.length,
      asks: [...input.ask],
      next:
        questions.length === 0
          ? 'workflow_compile, then workflow_run with mode preview; with its previewId alone once the person agrees.'
          : 'workflow_compile; a preview asks nobody, so give it the answers in input.known, by name.',
    };
  },
});

/** A file for a Switch that a group has not would be imported and play never. */
async function checkSwitches(
  group: string | undefined,
  switches: readonly string[],
  context: CommandContext,
): Promise<void> {
  if (group === undefined) return;
  const found = expectType(
    await findObject(group, context),
    'container.switchGroup',
    'SwitchGroup',
    'StateGroup',
  );
  const known = (await childrenOf(found.id, context)).map(({ name }) => name);
  const missing = switches.filter((one) => !known.some((name) => name.toLowerCase() === one.toLowerCase()));
  if (missing.length === 0) return;
  throw new WwiseFlowError(
    'INVALID_INPUT',
    `${found.type} "${found.path}" has no ${missing.map((name) => `"${name}"`).join(', ')}, which files are named for.`,
    {
      hint: 'Create what is missing with create_object, rename the files, or write the naming so that they do not fit.',
      details: { field: 'container.switchGroup', missing, candidates: known },
    },
  );
}

/** What the form names must be there, and be of use for it: better said now than by a run. */
async function checkObjects({ parentPath, busPath, newBus }: Form, context: CommandContext): Promise<void> {
  if (parentPath !== undefined) {
    const { path, type, row } = await findObject(parentPath, context);
    if (!/^\\(Containers|Actor-Mixer Hierarchy)\\/i.test(path) || type === 'Sound')
      throw new WwiseFlowError('INVALID_INPUT', `Sounds cannot lie in ${type} "${path}".`, {
        hint: 'Give a Work Unit, folder or container of the Containers (before 2025: Actor-Mixer Hierarchy).',
        details: { field: 'parentPath', object: refOf(row) },
      });
  }
  if (busPath !== undefined) expectType(await findObject(busPath, context), 'busPath', 'Bus', 'AuxBus');
  if (newBus !== undefined)
    expectType(
      await findObject(newBus.parentPath, context),
      'newBus.parentPath',
      'Bus',
      'WorkUnit',
      'Folder',
    );
}
