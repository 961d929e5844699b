import { CLAUDE, KEYS, ScriptedBedrock } from './bedrock.fixture';

let bedrock: ScriptedBedrock;

beforeEach(() => {
  bedrock = new ScriptedBedrock();
});

describe('credentials of Bedrock', () => {
  it.each([
    [{}, /AWS_REGION/],
    [{ AWS_REGION: 'eu-central-1' }, /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY/],
    [{ AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'a' }, /together/],
    [{ ...KEYS, AWS_REGION: 'a.b/c' }, /no region/],
  ])('are checked at start (%j)', (variables, problem) => {
    expect(() => bedrock.provider({}, variables)).toThrow(RangeError);
    expect(() => bedrock.provider({}, variables)).toThrow(problem);
  });

  it('sign the call', async () => {
    await bedrock.provider({}, { ...KEYS, AWS_SESSION_TOKEN: 'session' }).call(bedrock.callOf({}));
    expect(bedrock.http.requests[0]).toMatchObject({
      method: 'POST',
      url: `https://bedrock-runtime.eu-central-1.amazonaws.com/model/${encodeURIComponent(CLAUDE)}/converse`,
      firstByteTimeoutMs: 111,
      idleTimeoutMs: 222,
      headers: {
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$/,
        ) as string,
        'x-amz-security-token': 'session',
        traceparent: '00-1-2-01',
      },
    });
  });

  it('of the deployment win over a token of the environment', async () => {
    const own = { aws_region_name: 'us-west-2', aws_access_key_id: 'OWN', aws_secret_access_key: 's' };
    await bedrock.provider(own, { ...KEYS, AWS_BEARER_TOKEN_BEDROCK: 'token' }).call(bedrock.callOf({}));
    expect(bedrock.http.requests[0]?.headers['authorization']).toMatch(/Credential=OWN\/\d+\/us-west-2\//);
    expect(bedrock.http.requests[0]?.headers).not.toHaveProperty('x-amz-security-token');
    await bedrock.provider({}, { ...KEYS, AWS_BEARER_TOKEN_BEDROCK: 'token' }).call(bedrock.callOf({}));
    expect(bedrock.http.requests[1]?.headers['authorization']).toBe('Bearer token');
  });

  it('are not looked for by the package itself', async () => {
    const before = process.env['AWS_BEARER_TOKEN_BEDROCK'];
    process.env['AWS_BEARER_TOKEN_BEDROCK'] = 'stray';
    try {
      await bedrock.ask({});
    } finally {
      if (before === undefined) delete process.env['AWS_BEARER_TOKEN_BEDROCK'];
      else process.env['AWS_BEARER_TOKEN_BEDROCK'] = before;
    }
    expect(bedrock.http.requests[0]?.headers['authorization']).toMatch(/^AWS4-HMAC-SHA256/);
  });

  it.each([
    ['cn-north-1', 'https://bedrock-runtime.cn-north-1.amazonaws.com.cn'],
    ['us-east-1', 'https://bedrock-runtime.us-east-1.amazonaws.com'],
  ])('belong to the address of %s', (aws_region_name, apiBase) => {
    expect(bedrock.provider({ aws_region_name }).apiBase).toBe(apiBase);
    expect(bedrock.provider({ aws_region_name, aws_bedrock_runtime_endpoint: 'http://b.local/' }).apiBase).toBe(
      'http://b.local',
    );
    expect(JSON.stringify(bedrock.provider())).not.toMatch(/AKID|aws-secret/);
  });
});
