/** Inputs of tools that are no commands which name a file, and where it may lie. */
export const toolFiles: readonly {
  readonly tool: string;
  readonly argument: string;
  readonly access: 'read' | 'write';
}[] = [{ tool: 'workflow_export', argument: 'filePath', access: 'write' }];
