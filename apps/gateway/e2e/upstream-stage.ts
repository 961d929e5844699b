import { ScriptedUpstream, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

/** A gateway before a scripted upstream that speaks both dialects; `gpt/rescued` and `gpt/translated` have fallbacks. */
export interface UpstreamStage {
  readonly upstream: ScriptedUpstream;
  readonly gateway: TestGateway;
  /** Makes a call with one message, which `body` may replace. */
  readonly send: (path: string, body: object, init?: RequestInit, to?: Pick<TestGateway, 'url'>) => Promise<Response>;
  /** Decides what the upstream answers from now on. */
  readonly script: (reply: ScriptedReply | ((request: RecordedRequest) => ScriptedReply)) => void;
  /** The body of the last request that the upstream got. */
  readonly seen: () => Record<string, unknown>;
}

/** Sets the stage for the tests of a `describe`, and clears what was seen before each of them. */
export function upstreamStage(): UpstreamStage {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `gpt=${upstream.url};claude=anthropic+${upstream.url};spare=mock://echo`,
      GATEWAY_FALLBACKS: 'gpt/rescued=spare;gpt/translated=claude',
      GATEWAY_DEFAULT_MODEL: 'claude',
      GATEWAY_UPSTREAM_GPT_API_KEY: 'upstream-key-1',
      GATEWAY_CIRCUIT_BREAKER_MAX_FAILURES: '1000',
      GATEWAY_MAX_STREAM_EVENT_BYTES: '100000',
    });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });
  beforeEach(() => {
    gateway.records.splice(0);
    upstream.requests.splice(0);
  });
  return {
    get upstream() {
      return upstream;
    },
    get gateway() {
      return gateway;
    },
    send: (path, body, init = {}, { url } = gateway) =>
      fetch(url + path, {
        method: 'POST',
        body: JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...body }),
        ...init,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}`, ...init.headers },
      }),
    script: (reply) => upstream.script(typeof reply === 'function' ? reply : () => reply),
    seen: () => JSON.parse(upstream.requests.at(-1)?.body.toString() ?? '{}') as Record<string, unknown>,
  };
}
