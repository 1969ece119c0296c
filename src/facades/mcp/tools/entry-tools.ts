export interface EntryTool {
  readonly tool: string;
  readonly use: string;
  /** Clients that load tools on demand load it at once. */
  readonly isLoadedAtOnce: boolean;
}

/** Where an agent starts, as the instructions of the server say, in this order. */
export const entryTools: readonly EntryTool[] = [
  { tool: 'project_info', use: 'which project is open, its platforms and languages.', isLoadedAtOnce: true },
  { tool: 'find_things', use: 'find objects and read their properties.', isLoadedAtOnce: true },
  { tool: 'query_waql', use: 'find objects and read their properties.', isLoadedAtOnce: true },
  {
    tool: 'workflow_node_types',
    use: 'everything that can be done: more commands than there are tools. One without a tool runs as a node of a workflow.',
    isLoadedAtOnce: true,
  },
  {
    tool: 'workflow_compile',
    use: 'check a workflow, see its plan.',
    isLoadedAtOnce: false,
  },
  {
    tool: 'workflow_run',
    use: 'do several steps as one workflow. Prefer it from two steps on; mode "preview" shows what it would change.',
    isLoadedAtOnce: true,
  },
];

/** What an agent must know of the tool that writes its work to disk, where that is offered. */
export const savingTool = {
  tool: 'project_save',
  use:
    'Changes live in the open project until project_save writes them to disk: end a change with it, or put a ' +
    'projectSave node last in the workflow.',
} as const;
