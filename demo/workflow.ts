import type { Stage } from './stage.ts';

export interface WorkflowNode {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface DemoWorkflow {
  readonly workflowId: string;
  readonly name: string;
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly { readonly source: string; readonly target: string }[];
}

/**
 * Import a WAV file into a new Sound, route it, save: as an agent would write it. The import and the routing leave out
 * the Sound they work on, and no edge makes the save wait for the import: the compiler sees to both.
 */
export function workflowFor({ audioFile, workUnit, busPath }: Stage): DemoWorkflow {
  return {
    workflowId: 'demo-import',
    name: 'Import a WAV file into a new Sound',
    nodes: [
      { id: 'sound', type: 'createSound', data: { name: 'Laser_Zap', parentPath: workUnit } },
      { id: 'import', type: 'audioImport', data: { filePath: audioFile } },
      { id: 'route', type: 'setOutputBus', data: { busPath } },
      { id: 'save', type: 'projectSave', data: {} },
    ],
    edges: [
      { source: 'sound', target: 'import' },
      { source: 'sound', target: 'route' },
      { source: 'route', target: 'save' },
    ],
  };
}

/** The same with one letter of one input's name missing, as agents do. */
export function misspelt(workflow: DemoWorkflow): DemoWorkflow {
  const nodes = workflow.nodes.map((node) => {
    const { filePath, ...rest } = node.data;
    return filePath === undefined ? node : { ...node, data: { ...rest, filPath: filePath } };
  });
  return { ...workflow, nodes };
}
