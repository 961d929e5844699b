import { ScriptedUpstream } from '@sallyport/testing';
import { KEY, startTestGateway, type TestGateway } from '../gateway-harness';
import { ReplyRecorder } from './reply-recorder';

/** What all cells share: a running gateway, the server behind all of its upstreams, and the wire to the clients. */
export class Stage {
  readonly recorder = new ReplyRecorder();

  private constructor(
    readonly upstream: ScriptedUpstream,
    private readonly gateway: TestGateway,
  ) {}

  /** Upstreams are named after what they serve: `chat`, `responses` and `messages`. */
  static async start(): Promise<Stage> {
    const upstream = await ScriptedUpstream.start();
    const gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `chat=${upstream.url};responses=${upstream.url};messages=anthropic+${upstream.url}`,
      GATEWAY_UPSTREAM_CHAT_ENDPOINTS: 'openai-chat,openai-embeddings',
      GATEWAY_UPSTREAM_RESPONSES_ENDPOINTS: 'openai-responses',
      // Refusals are scripted by the dozen; none may shut an upstream out.
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '1000000',
    });
    return new Stage(upstream, gateway);
  }

  get access(): { url: string; key: string; fetch: typeof globalThis.fetch } {
    return { url: this.gateway.url, key: KEY, fetch: this.recorder.fetch };
  }

  /** Forgets what the cell before has left. */
  async clear(): Promise<void> {
    await this.recorder.take();
    this.upstream.requests.length = 0;
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await this.upstream.close();
  }
}
