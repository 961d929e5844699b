import { SallyportError } from '@sallyport/dialects';
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, PUBLIC_KEY, ScriptedVertex, TOKEN_URL } from './vertex.fixture';

let vertex: ScriptedVertex;
let folder: string;

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'vertex-'))));
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  vertex = new ScriptedVertex();
});

describe('a service account', () => {
  it('is exchanged for a token over the same port, once for many calls', async () => {
    const made = vertex.provider();
    await Promise.all([made.call(vertex.callOf({})), made.call(vertex.callOf({}))]);
    await made.call(vertex.callOf({}));
    expect(vertex.http.requests.map(({ url }) => url).filter((url) => url === TOKEN_URL)).toHaveLength(1);
    expect(vertex.http.requests).toHaveLength(4);
    const [exchange] = vertex.http.requests;
    expect(exchange).toMatchObject({ method: 'POST', url: TOKEN_URL });
    expect(exchange?.headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
    const form = new URLSearchParams(Buffer.from(exchange?.body ?? []).toString('utf8'));
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];
    const key = createPublicKey(PUBLIC_KEY);
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'))).toMatchObject({
      iss: ACCOUNT.client_email,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      aud: TOKEN_URL,
    });
    expect(vertex.http.requests.slice(1).map(({ headers }) => headers['authorization'])).toEqual(
      Array(3).fill('Bearer token-1'),
    );
  });

  it('that is refused fails the call so that another upstream may be tried', async () => {
    vertex.http.script(() => ({ status: 400, json: { error: 'invalid_grant', error_description: 'no such account' } }));
    await expect(vertex.ask({})).rejects.toMatchObject({
      code: 'upstream_failed',
      retryable: true,
      message: 'The upstream gave no access token for the credential',
    });
    const failure = new SallyportError('deadline_exceeded', 'late', { retryable: true });
    vertex.http.script(() => Promise.reject(failure));
    await expect(vertex.ask({})).rejects.toBe(failure);
  });

  it('may lie in a file, and names the project', () => {
    const path = join(folder, 'account.json');
    writeFileSync(path, JSON.stringify(ACCOUNT));
    const own =
      'https://us-central1-aiplatform.googleapis.com/v1beta1/projects/proj/locations/us-central1/publishers/google';
    expect(vertex.provider({}, { GOOGLE_APPLICATION_CREDENTIALS: path }).apiBase).toBe(own);
    expect(vertex.provider({ vertex_credentials: path }).apiBase).toBe(own);
    expect(vertex.provider({ vertex_credentials: JSON.stringify(ACCOUNT) })).toMatchObject({ name: 'vertex_ai' });
    expect(JSON.stringify(vertex.provider())).not.toMatch(/PRIVATE/);
  });

  it.each([
    [{}, /needs vertex_credentials or GOOGLE_APPLICATION_CREDENTIALS/],
    [{ vertex_credentials: '/nowhere/account.json' }, /cannot be read \(ENOENT\)$/],
    [{ vertex_credentials: '{"type":' }, /no JSON object$/],
    [{ vertex_credentials: { ...ACCOUNT, type: 'external_account' } }, /no service account$/],
    [{ vertex_credentials: { ...ACCOUNT, private_key: undefined } }, /no service account$/],
    [{ vertex_credentials: { ...ACCOUNT, project_id: undefined } }, /needs vertex_project/],
    [{ vertex_credentials: ACCOUNT, vertex_location: 'a.evil/' }, /no location$/],
  ])('is checked at start', (params, problem) => {
    expect(() => vertex.provider(params)).toThrow(RangeError);
    expect(() => vertex.provider(params)).toThrow(problem);
  });

  it.each([
    ['global', 'https://aiplatform.googleapis.com'],
    ['eu', 'https://aiplatform.eu.rep.googleapis.com'],
    ['europe-west4', 'https://europe-west4-aiplatform.googleapis.com'],
  ])('is used in %s', async (vertex_location, host) => {
    await vertex
      .provider({ vertex_credentials: ACCOUNT, vertex_location, vertex_project: 'other' })
      .call(vertex.callOf({}));
    const path = `/v1beta1/projects/other/locations/${vertex_location}/publishers/google`;
    expect(vertex.http.requests.at(-1)?.url).toBe(`${host}${path}/models/gemini-2.5-pro:generateContent`);
  });
});
