import { connect, type Socket } from 'node:net';
import { KEY } from '../gateway-harness';

/** A client that is nothing but a connection, kept alive between its calls. */
export class RawClient {
  private received = '';
  private onData = (): void => undefined;

  private constructor(readonly socket: Socket) {
    socket.on('data', (bytes: Buffer) => {
      this.received += bytes.toString('latin1');
      this.onData();
    });
    // How a connection ends is what these clients are for.
    socket.on('error', () => undefined);
  }

  static async connect(url: string): Promise<RawClient> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new RawClient(socket);
  }

  /** Sends a chat call. */
  call(fields: object): void {
    const body = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...fields });
    const head = [
      'POST /v1/chat/completions HTTP/1.1',
      'host: gateway',
      `authorization: Bearer ${KEY}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    this.socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }

  /** Resolves with all that has come, once `text` is in it; what has come is forgotten then. */
  async until(text: string): Promise<string> {
    while (!this.received.includes(text)) await new Promise<void>((resolve) => (this.onData = resolve));
    const { received } = this;
    this.received = '';
    return received;
  }

  /** Takes no more of what is sent. */
  stopReading(): void {
    this.socket.pause();
  }
}

/** The ways in which a connection ends: in good order, at once, and with a reset. */
export const WAYS_TO_LEAVE: Readonly<Record<string, (socket: Socket) => void>> = {
  'an end': (socket) => void socket.end(),
  'a close': (socket) => void socket.destroy(),
  'a reset': (socket) => void socket.resetAndDestroy(),
};
