import type { Socket } from 'node:net';
import { pipeline, Transform } from 'node:stream';

/** Where a talk stops. */
export interface CutPoint {
  /** Bytes of a request, as latin1; they may come in several pieces. */
  readonly at: string;
  /** Before the server gets the last of these bytes, or after it has answered, which the client does not get. */
  readonly moment: 'before' | 'answered';
}

/** One connection through a {@link CutProxy}. */
export class CutLink {
  private moment: CutPoint['moment'] | undefined;
  private resume: (() => void) | undefined;
  /** The last bytes that passed: those looked for may begin there. */
  private tail = '';

  /**
   * @param point where to stop, asked for at each piece; undefined: nowhere
   * @param onStop called whenever something is held back
   */
  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly point: () => CutPoint | undefined,
    private readonly onStop: () => void,
  ) {
    const requests = new Transform({ transform: (bytes: Buffer, _encoding, pass) => this.ask(bytes, pass) });
    const answers = new Transform({ transform: (bytes: Buffer, _encoding, pass) => this.answer(bytes, pass) });
    // Connections that break are what this is for: either end learns of it by its own socket.
    pipeline(client, requests, server, (error) => error && this.breakOff());
    pipeline(server, answers, client, (error) => error && this.breakOff());
  }

  get hasStopped(): boolean {
    return this.moment !== undefined;
  }

  /** See {@link CutProxy.letThrough}. */
  letThrough(): void {
    if (this.moment !== 'before') return;
    this.moment = 'answered';
    this.resume?.();
  }

  /** Neither end gets another byte. */
  breakOff(): void {
    this.client.resetAndDestroy();
    this.server.resetAndDestroy();
  }

  private ask(bytes: Buffer, pass: (error: null, bytes: Buffer) => void): void {
    this.moment ??= this.momentIn(bytes);
    if (this.moment !== 'before') {
      pass(null, bytes);
      return;
    }
    // Until it is called nothing more is read.
    this.resume = () => pass(null, bytes);
    this.onStop();
  }

  private answer(bytes: Buffer, pass: (error: null, bytes: Buffer) => void): void {
    if (this.moment === 'answered') this.onStop();
    else pass(null, bytes);
  }

  private momentIn(bytes: Buffer): CutPoint['moment'] | undefined {
    const point = this.point();
    if (point === undefined) return undefined;
    const seen = this.tail + bytes.toString('latin1');
    this.tail = seen.slice(Math.max(0, seen.length - point.at.length + 1));
    return seen.includes(point.at) ? point.moment : undefined;
  }
}
