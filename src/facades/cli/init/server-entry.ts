/** How a client starts a server. */
export interface ServerEntry {
  readonly command: string;
  readonly args: readonly string[];
}

/** How this program was started. */
export interface OwnStart {
  readonly nodePath: string;
  readonly scriptPath: string;
  readonly platform: string;
}

/**
 * The entry that starts this very program as an MCP server with these options. Through npx where npx started this: what it keeps
 * may be gone tomorrow. Else by absolute paths: a client started from a menu does not search where a terminal does.
 */
export function serverEntry(
  options: readonly string[],
  { nodePath, scriptPath, platform }: OwnStart,
): ServerEntry {
  if (!scriptPath.split(/[\\/]/).includes('_npx'))
    return { command: nodePath, args: [scriptPath, 'mcp', ...options] };
  const args = ['-y', packageName, 'mcp', ...options];
  // Windows starts `npx`, which is a script there, only through its shell.
  return platform === 'win32' ? { command: 'cmd', args: ['/c', 'npx', ...args] } : { command: 'npx', args };
}

const packageName = 'wwiseflow';
