import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Does to a connection whatever a server may do. */
export type Misdeed = (socket: Socket) => void;

/** What is between two drops: far less than any time-out. */
const DROP_MS = 5;

/**
 * A server that speaks HTTP badly, byte by byte if need be: it keeps what it is told to write, and with a misdeed it
 * treats its clients as that says.
 */
export class RawServer {
  /** Bodies of the writes that came whole while there was no misdeed. */
  readonly bodies: string[] = [];
  /** From now on done with every new connection. */
  misdeed: Misdeed | undefined;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {
    server.on('connection', (socket) => this.serve(socket));
  }

  static async start(): Promise<RawServer> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new RawServer(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    if (this.misdeed !== undefined) this.misdeed(socket);
    else onRequest(socket, (body) => this.answer(socket, body));
  }

  private answer(socket: Socket, body: string): void {
    this.bodies.push(body);
    socket.write(answerOf('{"created":true}'));
  }
}

/** A whole answer to a write. */
export function answerOf(body: string, length = body.length): string {
  return `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`;
}

/** Tells of each request with its body, however it comes in pieces. */
export function onRequest(socket: Socket, act: (body: string) => void): void {
  let text = '';
  socket.setEncoding('latin1').on('data', (piece) => {
    text += String(piece);
    for (;;) {
      const end = text.indexOf('\r\n\r\n') + 4;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, Math.max(0, end)))?.[1] ?? 0);
      if (end < 4 || text.length < end + length) return;
      const body = text.slice(end, end + length);
      text = text.slice(end + length);
      act(body);
    }
  });
}

/** Sends the beginning at once, and then the rest over and over again, one character after the other. */
export function drip(socket: Socket, beginning: string, rest: string): void {
  socket.write(beginning);
  let at = 0;
  const drops = setInterval(() => socket.write(rest.charAt(at++ % rest.length)), DROP_MS);
  socket.on('close', () => clearInterval(drops));
}
