import { ScriptedUpstream, type RecordedRequest, type ScriptedReply } from '@sallyport/testing';
import OpenAI from 'openai';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

/** A gateway and OpenAI's client before a scripted upstream, which is asked once in a test. */
export interface EndpointStage {
  readonly upstream: ScriptedUpstream;
  readonly gateway: TestGateway;
  readonly openai: OpenAI;
  /** Decides what the upstream answers from now on. */
  readonly answer: (reply: ScriptedReply) => void;
  /** The only request that the upstream got; fails when there is none or another one. */
  readonly seen: () => RecordedRequest;
  /** Method and path of the only request. */
  readonly called: () => string;
  readonly post: (path: string, body: object | string) => Promise<Response>;
  readonly refusal: (reply: Response) => Promise<[status: number, body: object]>;
}

/** Sets the stage for the tests of a `describe`, and clears what was seen before each of them. */
export function endpointStage(): EndpointStage {
  let upstream: ScriptedUpstream;
  let gateway: TestGateway;
  let openai: OpenAI;
  beforeAll(async () => {
    upstream = await ScriptedUpstream.start();
    gateway = await startTestGateway({
      GATEWAY_UPSTREAMS: `claude=anthropic+${upstream.url};gpt=${upstream.url};stored=${upstream.url}`,
      GATEWAY_UPSTREAM_STORED_ENDPOINTS: 'openai-responses',
      GATEWAY_UPSTREAM_GPT_API_KEY: 'upstream-key',
    });
    openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: KEY, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await upstream.close();
  });
  beforeEach(() => {
    upstream.requests.length = 0;
    gateway.records.length = 0;
  });
  const seen = (): RecordedRequest => {
    const [request, ...others] = upstream.requests;
    expect(others).toEqual([]);
    if (request === undefined) throw new Error('the upstream was not asked');
    return request;
  };
  return {
    get upstream() {
      return upstream;
    },
    get gateway() {
      return gateway;
    },
    get openai() {
      return openai;
    },
    answer: (reply) => upstream.script(() => reply),
    seen,
    called: () => `${seen().method} ${seen().path}`,
    post: (path, body) =>
      fetch(gateway.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${KEY}` },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    refusal: async (reply) => [reply.status, (await reply.json()) as object],
  };
}
