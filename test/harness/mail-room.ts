import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';

/** A mail that was taken, as it came. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

export interface MailRoom {
  readonly port: number;
  readonly taken: TakenMail[];
}

/** How the server behaves. */
export interface MailManners {
  /** Who may send; undefined: anybody. */
  readonly user?: { readonly name: string; readonly pass: string };
  /** It takes the mail and ends the connection before it says so. */
  readonly goesSilent?: boolean;
  /** What it answers to an address: an SMTP status. */
  readonly refuses?: { readonly address: string; readonly status: number };
}

/** The parts of smtp-server that are used here; it comes without types. */
interface Session {
  readonly envelope: {
    readonly mailFrom: { readonly address: string };
    readonly rcptTo: readonly { readonly address: string }[];
  };
}
type Answer = (error?: Error | null, given?: object) => void;
interface SmtpServer {
  readonly server: Server;
  listen(port: number, host: string): unknown;
  close(then: () => void): void;
}
type SmtpServerClass = new (options: object) => SmtpServer;

/** Starts a mail server on this machine; ended with the test. */
export async function mailRoom({ user, goesSilent, refuses }: MailManners = {}): Promise<MailRoom> {
  const { SMTPServer } = createRequire(import.meta.url)('smtp-server') as { SMTPServer: SmtpServerClass };
  const taken: TakenMail[] = [];
  const server = new SMTPServer({
    ...{ disabledCommands: ['STARTTLS'], authOptional: user === undefined, logger: false },
    onAuth: (auth: { username: string; password: string }, _: Session, answer: Answer) =>
      auth.username === user?.name && auth.password === user?.pass
        ? answer(null, { user: auth.username })
        : answer(Object.assign(new Error('no such user'), { responseCode: 535 })),
    onRcptTo: ({ address }: { address: string }, _: Session, answer: Answer) =>
      address === refuses?.address
        ? answer(Object.assign(new Error('not here'), { responseCode: refuses.status }))
        : answer(),
    onData: async (stream: AsyncIterable<Buffer>, { envelope }: Session, answer: Answer) => {
      const pieces: Buffer[] = [];
      for await (const piece of stream) pieces.push(piece);
      taken.push({
        from: envelope.mailFrom.address,
        to: envelope.rcptTo.map(({ address }) => address),
        text: Buffer.concat(pieces).toString('utf8'),
      });
      if (goesSilent === true) for (const socket of sockets) socket.destroy();
      else answer();
    },
  });
  const sockets = new Set<import('node:net').Socket>();
  server.server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  if (!server.server.listening) await once(server.server, 'listening');
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return { port: (server.server.address() as AddressInfo).port, taken };
}
