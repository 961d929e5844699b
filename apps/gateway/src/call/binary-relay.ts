import { SallyportError } from '@sallyport/dialects';

/** How a relayed body ended. */
export interface BinaryEnd {
  /** Size of what was handed on. */
  readonly bytes: number;
  /** Undefined when all of it arrived. */
  readonly error: SallyportError | undefined;
}

/**
 * Hands on a body of which nothing is known but its bytes. Such a body has no way to tell of a failure: one that breaks
 * off breaks the client's connection too, so that it never looks complete.
 */
export class BinaryRelay {
  private bytes = 0;
  private ended = false;

  /** @param onEnd called exactly once; the client gets the end of the body only after it has resolved */
  constructor(
    private readonly chunks: AsyncIterable<Uint8Array>,
    private readonly signal: AbortSignal,
    private readonly onEnd: (end: BinaryEnd) => Promise<void>,
  ) {}

  /** The bytes for the client; may be read once. */
  async *stream(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.chunks) {
        this.bytes += chunk.length;
        yield chunk;
      }
    } catch (error) {
      await this.end(error instanceof SallyportError ? error : interrupted(error));
      throw error;
    }
    await this.end(undefined);
  }

  /** Says that nobody will read on; does nothing when the body has ended. */
  async abandon(): Promise<void> {
    const { reason } = this.signal as { reason: unknown };
    await this.end(reason instanceof SallyportError ? reason : interrupted(reason));
  }

  private async end(error: SallyportError | undefined): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    await this.onEnd({ bytes: this.bytes, error });
  }
}

function interrupted(cause: unknown): SallyportError {
  return new SallyportError('upstream_interrupted', 'The upstream’s reply ended before it was complete', { cause });
}
