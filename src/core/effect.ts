/**
 * What a command does to the project. Decides the MCP hints, read-only mode, the memo, undo and ordering:
 * `read` changes nothing; `barrier` waits for every earlier mutating node of a workflow; reads and barriers are never memoised.
 */
export const effects = ['read', 'create', 'update', 'destroy', 'barrier'] as const;

export type Effect = (typeof effects)[number];
