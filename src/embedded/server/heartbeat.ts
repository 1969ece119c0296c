import type { WebSocket } from 'ws';

/**
 * Asks a client for a sign of life after each stretch of silence, and hangs up on one that owes ten: a program halted in a
 * debugger is given minutes, a machine that went away does not keep its place for good.
 */
export function keepAlive(client: WebSocket, intervalMs: number): void {
  let owed = 0;
  let isSilent = true;
  const alive = (): void => {
    owed = 0;
    isSilent = false;
  };
  const timer = setInterval(() => {
    if (isSilent) {
      owed += 1;
      if (owed > mostOwed) return client.terminate();
      client.ping();
    }
    isSilent = true;
  }, intervalMs);
  timer.unref();
  client.on('message', alive);
  client.on('pong', alive);
  client.on('close', () => clearInterval(timer));
}

const mostOwed = 10;
