/** An input of a node kind that names a file or a folder, and where that may lie. `write` may replace what is there when it is asked to. */
export interface NodeFile {
  readonly kind: string;
  readonly argument: string;
  readonly access: 'read' | 'write';
}

/** Every input of a kind that is no command by which a file is reached; the way to the outside checks each when it is used. */
export const nodeFiles: readonly NodeFile[] = [
  { kind: 'exec', argument: 'args[].read', access: 'read' },
  { kind: 'exec', argument: 'args[].write', access: 'write' },
  { kind: 'exec', argument: 'dir', access: 'write' },
  { kind: 'exec', argument: 'resumeArgs[].read', access: 'read' },
  { kind: 'exec', argument: 'resumeArgs[].write', access: 'write' },
  { kind: 'http', argument: 'file', access: 'read' },
  { kind: 'http', argument: 'saveAs', access: 'write' },
  { kind: 'input', argument: 'path', access: 'read' },
  { kind: 'mail', argument: 'attachments[]', access: 'read' },
  { kind: 'move_files', argument: 'from', access: 'write' },
  { kind: 'move_files', argument: 'to', access: 'write' },
  { kind: 'output', argument: 'path', access: 'write' },
  { kind: 'submit_and_poll', argument: 'file', access: 'read' },
  { kind: 'submit_and_poll', argument: 'saveAs', access: 'write' },
];
