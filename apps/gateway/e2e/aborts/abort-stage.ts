import {
  anthropicReply,
  anthropicStream,
  openAiReply,
  openAiStream,
  responsesReply,
  responsesStream,
  ScriptedUpstream,
  type RecordedRequest,
  type ScriptedReply,
} from '@sallyport/testing';
import type { StandardLoggingPayload } from '@sallyport/usage';
import { eventually, startTestGateway, type TestGateway } from '../gateway-harness';

/** What an upstream of one dialect answers: the events of a stream, and a whole reply. */
interface UpstreamWords {
  readonly name: 'chat' | 'messages' | 'responses';
  readonly events: readonly string[];
  readonly whole: string;
}

export const PARTS = ['one ', 'two ', 'three'] as const;
export const TEXT = PARTS.join('');

export const UPSTREAMS: readonly UpstreamWords[] = [
  { name: 'chat', events: openAiStream(PARTS), whole: JSON.stringify(openAiReply(TEXT)) },
  { name: 'messages', events: anthropicStream(PARTS), whole: JSON.stringify(anthropicReply(TEXT)) },
  { name: 'responses', events: responsesStream(PARTS), whole: JSON.stringify(responsesReply(TEXT)) },
];

/** The text that the first `count` events of a stream bring, whatever their dialect. */
export function textOfEvents(events: readonly string[], count: number): string {
  const said = events.slice(0, count).filter((event) => /"content":"[^"]|text_delta|output_text\.delta/.test(event));
  return PARTS.slice(0, said.length).join('');
}

/** A gateway before one scripted upstream, under a name for each dialect and for each rule of what an abort does. */
export class AbortStage {
  private constructor(
    readonly upstream: ScriptedUpstream,
    readonly gateway: TestGateway,
  ) {}

  static async start(variables: Record<string, string> = {}): Promise<AbortStage> {
    const upstream = await ScriptedUpstream.start();
    const gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `chat=${upstream.url};responses=${upstream.url};messages=anthropic+${upstream.url}`,
      GATEWAY_UPSTREAM_CHAT_ENDPOINTS: 'openai-chat',
      GATEWAY_UPSTREAM_RESPONSES_ENDPOINTS: 'openai-responses',
      ...variables,
    }).catch(async (error: unknown) => {
      await upstream.close();
      throw error;
    });
    return new AbortStage(upstream, gateway);
  }

  /** Scripts the next reply; resolves with its request once it came. */
  async script(reply: (request: RecordedRequest) => ScriptedReply | Promise<ScriptedReply>): Promise<RecordedRequest> {
    return new Promise((asked) => {
      this.upstream.script((request) => {
        asked(request);
        return reply(request);
      });
    });
  }

  /** Resolves when the gateway has seen `count` clients leave. */
  async clientsLeft(count: number): Promise<void> {
    await eventually(async () => (await this.countOfLeft()) >= count, 'the gateway sees that its client left');
  }

  async countOfLeft(): Promise<number> {
    const metrics = await (await fetch(`${this.gateway.url}/metrics`)).text();
    const counts = metrics.matchAll(/^gateway_requests_total\{[^}]*status="499"[^}]*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  /** The one record of the call that was made; fails when there is another. */
  async onlyRecord(): Promise<StandardLoggingPayload> {
    await eventually(() => this.gateway.records.length > 0, 'the record is written');
    // Another call is recorded behind whatever the first one may still have to say.
    this.upstream.script(() => ({ body: JSON.parse(UPSTREAMS[0]!.whole) as object }));
    const before = this.gateway.records.length;
    const reply = await fetch(`${this.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer test-key' },
      body: JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'still there?' }] }),
    });
    await reply.arrayBuffer();
    expect([before, reply.status, this.gateway.records.length]).toEqual([1, 200, 2]);
    const [record] = this.gateway.records.splice(0);
    return record!;
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.upstream.close();
  }
}
