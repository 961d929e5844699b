import { JsonToolStream } from '../reply/json-tool-reply';
import type { ReplyStreamReader, ReplyStreamWriter } from '../reply/reply-codec.port';
import type { ReplyEvent } from '../reply/reply-event';
import type { TokenUsage } from '../reply/reply-summary';
import { SseDecoder } from '../sse/sse-decoder';

/** Turns the bytes of one stream into those of another dialect, as they arrive. */
export class StreamTranslation {
  /** What the upstream has said of the tokens so far. */
  usage: TokenUsage | undefined;
  private readonly decoder: SseDecoder;
  private readonly jsonTool: JsonToolStream | undefined;
  private failed = false;

  /**
   * @param jsonTool name of the tool whose call is text in truth
   * @param maxEventBytes largest single event that is read; the decoder's own limit when left out
   */
  constructor(
    private readonly reader: ReplyStreamReader,
    private readonly writer: ReplyStreamWriter,
    jsonTool?: string,
    maxEventBytes?: number,
  ) {
    this.decoder = new SseDecoder(maxEventBytes);
    this.jsonTool = jsonTool === undefined ? undefined : new JsonToolStream(jsonTool);
  }

  /**
   * @param chunk the next bytes, cut anywhere
   * @returns whole events for the client; empty when there is nothing to tell yet
   * @throws SseEventTooLargeError
   */
  push(chunk: Uint8Array): Uint8Array {
    let text = '';
    for (const event of this.decoder.push(chunk)) text += this.write(this.reader.read(event));
    return Buffer.from(text);
  }

  /** The upstream's body is over. @returns the last events; without a terminal one when the stream was cut off */
  finish(): Uint8Array {
    const last = this.decoder.end();
    const text = last === undefined ? '' : this.write(this.reader.read(last));
    return Buffer.from(text + this.write(this.reader.finish()));
  }

  private write(events: readonly ReplyEvent[]): string {
    let text = '';
    for (const event of events) {
      // A failure is the last word: what an upstream says behind it would make the stream look complete.
      if (this.failed) break;
      if (event.type === 'usage') this.usage = event.usage;
      this.failed = event.type === 'error';
      for (const mapped of this.jsonTool?.map(event) ?? [event]) text += this.writer.write(mapped);
    }
    return text;
  }
}
