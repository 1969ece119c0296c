import { hashJson } from '../../../src/core/canonical-json.ts';
import type { Json, JsonObject } from '../../../src/core/json.ts';
import { importableEndings } from '../../../src/wwise/audio/converting/convertible-audio.ts';
import { containerMade, type DraftFacts, eventNode, filesWhere, included } from './draft_facts.ts';
import type { Form } from './draft_form.ts';
import { type Naming, piecesOf } from './draft_naming.ts';
import { type DraftQuestions, questionName } from './draft_questions.ts';
import { switchNodes } from './draft_switches.ts';

/** The workflow of a form: the same form gives the same document. */
export function documentOf(form: Form, naming: Naming, questions: DraftQuestions): JsonObject {
  const facts = factsOf(form, naming, questions);
  const inputs = {
    ...(form.folderPath === undefined
      ? {}
      : { folder: { type: 'string', description: 'Folder of the audio files.', default: form.folderPath } }),
    pattern: {
      type: 'string',
      description: `RE2 of a name without its ending: ${form.naming}`,
      default: naming.pattern,
    },
    ...(questions.length === 0
      ? {}
      : { known: { type: 'object', description: 'Answers that need no question, by field.', default: {} } }),
  };
  const nodes = [
    ...askNodes(questions),
    ...fileNodes(form, facts),
    ...madeFirst(form, facts),
    ...(facts.hasGroups ? [groupsNode(form, facts)] : []),
    ...soundNodes(form, facts),
    ...(form.save ? [{ id: 'save', type: 'projectSave' }] : []),
  ];
  const body = { name: titleOf(form), onError: form.onError, inputs, nodes, edges: [] };
  const workflowId = form.workflowId ?? `draft-${hashJson(body).slice(0, 8)}`;
  return { workflowId, ...body };
}

function factsOf(form: Form, naming: Naming, questions: DraftQuestions): DraftFacts {
  const asks = (name: string): boolean => questions.some((question) => question.name === name);
  const asked = (name: string): string => `$from:asked:$output:${name}`;
  const besidesProperties = ['parentPath', 'busPath', 'soundbank'];
  const properties: Record<string, Json> = { ...form.properties };
  for (const name of form.ask)
    if (!besidesProperties.includes(name)) properties[name] = asked(questionName(name));
  const made = form.newBus === undefined ? form.busPath : '$from:bus:$output:objectId';
  return {
    naming,
    hasGroups: naming.groups.has('group'),
    parent: asks('parentPath') ? asked('parentPath') : (form.parentPath ?? ''),
    bus: asks('busPath') ? asked('busPath') : made,
    bankName: asks('soundbank') ? asked('soundbank') : form.soundbank,
    properties,
  };
}

function titleOf({ folderPath, files = [], container }: Form): string {
  const what = folderPath === undefined ? `${files.length} files` : `the files of ${folderPath}`;
  return `Import ${what}${container === undefined ? '' : ` into ${container.kind} containers`}`.slice(0, 200);
}

function askNodes(questions: DraftQuestions): JsonObject[] {
  if (questions.length === 0) return [];
  const data = { template: { fields: [...questions] }, known: '$input:known' };
  return [{ id: 'asked', type: 'askUser', data }];
}

const stem = 'fileStem(f.name)';

/** The part of a name that the convention calls so, as an expression. */
function partIn({ groups }: Naming, part: string): string {
  return `replacePattern(${stem}, workflow.input.pattern, "$${groups.get(part) ?? 0}")`;
}

/** A pattern such as `SFX_{sound}` as an expression. */
function textIn(pattern: string, naming: Naming): string {
  const pieces = piecesOf(pattern, 'container.name', [...naming.groups.keys()]);
  return pieces
    .map((piece) => ('text' in piece ? JSON.stringify(piece.text) : partIn(naming, piece.part)))
    .join(' + ');
}

function fileNodes(form: Form, { naming, hasGroups }: DraftFacts): JsonObject[] {
  const files = (form.files ?? []).map((path) => ({ path, name: path.split(/[\\/]/).at(-1) ?? path }));
  const data =
    form.folderPath === undefined
      ? { source: 'static', value: files }
      : {
          source: 'folder',
          path: '$input:folder',
          recursive: true,
          extensions: [...importableEndings],
          audio: false,
        };
  const fits = `matches(${stem}, workflow.input.pattern)`;
  const members = [
    '"path": f.path',
    `"name": ${stem}`,
    ...(hasGroups ? [`"group": ${partIn(naming, 'group')}`] : []),
    ...(naming.groups.has('switch') ? [`"switch": ${partIn(naming, 'switch')}`] : []),
    ...(form.container === undefined ? [] : [`"container": ${textIn(form.container.name, naming)}`]),
  ];
  return [
    { id: 'files', type: 'input', data },
    {
      id: 'takes',
      type: 'input',
      data: {
        source: 'static',
        value: `{{ nodes.files.items.filter(f, ${fits}).map(f, {${members.join(', ')}}) }}`,
      },
    },
    {
      id: 'leftOut',
      type: 'say',
      data: {
        text: `Left out, because the name does not fit: {{ join(nodes.files.items.filter(f, !${fits}).map(f, f.name), ", ") }}`,
      },
      when: { of: '{{ nodes.files.count - nodes.takes.count }}', operator: 'gt', value: 0 },
    },
  ];
}

function madeFirst({ newBus }: Form, { bankName }: DraftFacts): JsonObject[] {
  return [
    ...(newBus === undefined
      ? []
      : [{ id: 'bus', type: 'createBus', data: { ...newBus, onNameConflict: 'merge' } }]),
    ...(bankName === undefined
      ? []
      : [{ id: 'bank', type: 'createSoundbank', data: { name: bankName, onNameConflict: 'merge' } }]),
  ];
}

function groupsNode({ groupAs }: Form, { parent }: DraftFacts): JsonObject {
  const made = { type: groupAs, name: '{{ item }}', parentPath: parent, onNameConflict: 'merge' };
  return {
    id: 'groups',
    type: 'forEach',
    data: {
      items: '{{ distinct(nodes.takes.items.map(t, t.group)) }}',
      nodes: [{ id: 'group', type: 'createObject', data: made }],
      edges: [],
      output: { group: '{{ item }}', id: '$from:group:$output:objectId' },
    },
  };
}

function soundNodes(form: Form, facts: DraftFacts): JsonObject[] {
  if (form.container?.kind === 'switch') return switchNodes(form, form.container, facts);
  if (form.container !== undefined) return containerNodes(form, form.container.kind, facts);
  const { hasGroups, bus, bankName, properties, parent } = facts;
  const data = {
    parentPath: hasGroups ? '{{ item.id }}' : parent,
    files: filesWhere(hasGroups ? 't.group == item.group' : undefined),
    language: form.language,
    ...(Object.keys(properties).length === 0 ? {} : { properties }),
    ...(bus === undefined ? {} : { busPath: bus }),
    ...(form.event === undefined ? {} : { event: form.event.replaceAll('{group}', '{{ item.group }}') }),
    ...(bankName === undefined ? {} : { soundbank: '$from:bank:$output:objectId' }),
  };
  const audio = { id: 'audio', type: 'importFiles', data };
  if (!hasGroups) return [audio];
  return [
    {
      id: 'sounds',
      type: 'forEach',
      data: { items: '$from:groups:$output:items', nodes: [audio], edges: [] },
    },
  ];
}

function containerNodes(form: Form, kind: string, facts: DraftFacts): JsonObject[] {
  const { hasGroups, bankName } = facts;
  const both = hasGroups ? '{"group": t.group, "container": t.container}' : '{"container": t.container}';
  const here = `t.container == item.container${hasGroups ? ' && t.group == item.group' : ''}`;
  const made = '$from:container:$output:objectId';
  const nodes = [
    ...containerMade({ kind }, facts),
    {
      id: 'audio',
      type: 'importFiles',
      data: { parentPath: made, files: filesWhere(here), language: form.language },
    },
    ...(form.event === undefined ? [] : [eventNode(form.event, made)]),
  ];
  const object = form.event === undefined ? made : '$from:event:$output:objectId';
  const each = {
    id: 'sounds',
    type: 'forEach',
    data: {
      items: `{{ distinct(nodes.takes.items.map(t, ${both})) }}`,
      nodes,
      edges: [],
      output: { object },
    },
  };
  return [each, ...included(bankName)];
}
