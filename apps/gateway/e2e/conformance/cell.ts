import { checkStream, type RecordedRequest, type ScriptedReply, type StreamDialect } from '@sallyport/testing';
import { UnknownEndingError, type Answer } from './answer';
import type { Asked } from './asked';
import type { Client } from './clients/client';
import type { Question } from './question';
import type { Saying } from './saying';
import type { Stage } from './stage';
import type { RecordedReply, RecordedStream } from './reply-recorder';
import type { UpstreamDialect } from './upstreams/upstream-dialect';

/** One client against one upstream, for the length of one case. */
export class Cell {
  /** What the upstream was asked so far. */
  readonly asked: Asked[] = [];
  /** Why the upstream would have refused what it was asked. */
  private readonly complaints: string[] = [];

  constructor(
    readonly client: Client,
    readonly upstream: UpstreamDialect,
    private readonly stage: Stage,
  ) {}

  /** The upstream says these things, one for each call; whole or streamed, as it is asked. */
  says(...sayings: readonly Saying[]): void {
    const rest = [...sayings];
    this.replies((request) => {
      const saying = rest.shift();
      if (saying === undefined) throw new Error('the upstream has nothing more to say');
      const wantsStream = 'stream' in request && request.stream === true;
      return wantsStream ? { chunks: this.upstream.stream(saying, request) } : { body: this.upstream.whole(saying) };
    });
  }

  /** The upstream replies as it is told, to requests that it understands. */
  replies(reply: (request: object) => ScriptedReply): void {
    this.stage.upstream.script(({ path, body }) => {
      try {
        if (path !== this.upstream.path) throw new Error(`nothing is served at ${path}`);
        const request = JSON.parse(body.toString()) as object;
        this.asked.push(this.upstream.read(request));
        return reply(request);
      } catch (error) {
        const complaint = (error as Error).message;
        this.complaints.push(complaint);
        return { status: 400, body: this.upstream.refusal(complaint) };
      }
    });
  }

  ask(question: Question): Promise<Answer> {
    return this.client.connect(this.stage.access)(this.upstream.model, question);
  }

  /**
   * What a client throws.
   *
   * @throws Error when it throws nothing, or has taken half a reply for a whole one
   */
  async failure(question: Question): Promise<Error> {
    const outcome = await this.ask(question).catch((error: unknown) => error as Error);
    if ('sendResults' in outcome) throw new Error(`the client saw a good end: ${JSON.stringify(outcome)}`);
    if (outcome instanceof UnknownEndingError) throw outcome;
    return outcome;
  }

  /** The last request as the upstream received it. */
  get lastRequest(): RecordedRequest | undefined {
    return this.stage.upstream.requests.at(-1);
  }

  get lastReply(): RecordedReply | undefined {
    return this.stage.recorder.lastReply;
  }

  /** What is wrong behind the client's back: with what the upstream was asked, or with the streams of the gateway. */
  async problems(): Promise<string[]> {
    const streams = await this.stage.recorder.take();
    return [...this.complaints, ...streams.flatMap((stream) => problemsOf(this.client.dialect, stream))];
  }
}

/** Of a stream that its client broke off, only what there is of it can be checked. */
function problemsOf(dialect: StreamDialect, { text, brokenOff }: RecordedStream): string[] {
  const problems = checkStream(dialect, text);
  return brokenOff ? problems.filter((problem) => problem !== 'the stream just ends') : problems;
}
