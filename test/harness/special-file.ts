import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';

/**
 * Makes a named pipe with somebody at its other end who goes away as soon as it is opened: whoever opens it for reading finds
 * nothing in it, and whoever opens it for writing is rid of what he writes. So a test of who must not open it fails where it
 * would wait for ever otherwise. Call what is returned when done.
 */
export function makePipe(path: string, other: 'reads' | 'writes' = 'writes'): () => void {
  execFileSync('mkfifo', [path]);
  const script = other === 'writes' ? ': > "$0"' : 'cat "$0" > /dev/null';
  const end: ChildProcess = spawn('sh', ['-c', script, path], { stdio: 'ignore' });
  return () => void end.kill('SIGKILL');
}

/** Makes a socket; resolves to what closes it. */
export async function makeSocket(path: string): Promise<() => Promise<void>> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return () => new Promise<void>((resolve) => server.close(() => resolve()));
}
