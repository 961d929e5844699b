import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { KEY, startTestGateway, type TestGateway } from './gateway-harness';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Schema }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema?: object }> }>;
}

interface Schema {
  readonly $ref?: string;
  readonly example?: { readonly model?: string };
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const COMMITTED = join(__dirname, '../../../docs/openapi.json');

/** Endpoints that the mock upstream serves by itself or by translation, and what it leaves to real models. */
const MOCKED = ['Chat', 'Completions', 'Responses', 'Messages', 'Embeddings'];
const NOT_MOCKED = /\/compact$/;

describe('the OpenAPI document', () => {
  let gateway: TestGateway;
  let document: Document;
  let operations: (Operation & { readonly method: string; readonly path: string })[];

  beforeAll(async () => {
    gateway = await startTestGateway({ GATEWAY_UPSTREAMS: 'mock=mock://local' });
    document = JSON.parse(await (await fetch(`${gateway.url}/docs-json`)).text()) as Document;
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
    );
  });
  afterAll(() => gateway.close());

  it('is valid OpenAPI 3.1', async () => {
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('is the one in docs/openapi.json', () => {
    const committed: unknown = JSON.parse(readFileSync(COMMITTED, 'utf8'));
    if (!isDeepStrictEqual(committed, document)) {
      throw new Error('docs/openapi.json is stale; write it anew with: npm run docs:openapi');
    }
  });

  it('points to nothing that is not there', () => {
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
    const names = new Set(pointers.map(([, name]) => name));
    expect([...names].filter((name) => !(String(name) in document.components.schemas))).toEqual([]);
    expect(names.size).toBeGreaterThan(20);
  });

  it('says of every operation what it is called, what it does and what it answers', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const incomplete = operations.filter(({ summary, tags = [], responses }) => {
      const [reply] = Object.values(responses['200']?.content ?? {});
      return summary === undefined || tags.length !== 1 || reply?.schema === undefined;
    });
    expect(incomplete.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('declares every parameter of a path', () => {
    const undeclared = operations.filter(({ path, parameters = [] }) => {
      const declared = parameters.filter(({ in: place }) => place === 'path').map(({ name }) => name);
      return !isDeepStrictEqual(new Set(declared), new Set(path.match(/(?<=\{)\w+(?=\})/g) ?? []));
    });
    expect(undeclared.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('says truly which routes take a key', async () => {
    for (const { method, path, security } of operations) {
      if (path.startsWith('/docs')) continue;
      const reply = await fetch(gateway.url + path.replaceAll(/\{\w+\}/g, 'x'), { method: method.toUpperCase() });
      await reply.arrayBuffer();
      const isOpen = security?.some((scheme) => Object.keys(scheme).length === 0) ?? false;
      expect([method, path, reply.status === 401]).toEqual([method, path, !isOpen]);
    }
  });

  it('holds examples that the mock upstream answers', async () => {
    const examples = operations.flatMap(({ path, tags = [], requestBody }) => {
      const schema = requestBody?.content['application/json']?.schema;
      const example = resolved(schema)?.example;
      const isMocked = MOCKED.includes(tags[0] ?? '') && !NOT_MOCKED.test(path);
      return isMocked && schema !== undefined ? [{ path, example }] : [];
    });
    expect(examples.length).toBeGreaterThan(15);
    for (const { path, example } of examples) {
      const reply = await fetch(gateway.url + path.replace('{model}', 'mock'), {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': KEY },
        body: JSON.stringify(example),
      });
      expect([path, reply.status, await reply.text()]).toEqual([path, 200, expect.any(String)]);
    }
  });

  function resolved(schema: Schema | undefined): Schema | undefined {
    return schema?.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  }
});
