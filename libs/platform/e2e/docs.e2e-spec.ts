import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { ApiExtension, ApiOkResponse, ApiOperation, ApiParam, ApiSecurity } from '@nestjs/swagger';
import { z } from 'zod';
import { PROBE_MODULE, startProbe, type Probe } from './probe-app.harness';

const request = z
  .looseObject({ name: z.string().nullish(), count: z.int().positive().optional() })
  .meta({ id: 'Named', example: { name: 'me' } });
const reply = z.object({ inner: request });

@Controller()
class DocumentedController {
  @Post(['v1/documented', 'documented'])
  @ApiOperation({ operationId: 'document', summary: 'Documented' })
  @ApiExtension('x-streamed', true)
  @ApiOkResponse({ standardSchema: reply })
  document(@Body({ schema: request }) body: object): object {
    return body;
  }

  @Get('rest/*')
  @ApiParam({ name: 'path' })
  @ApiOperation({ operationId: 'rest' })
  rest(@Param('*') path: string): string {
    return path;
  }

  @Get('health')
  @ApiSecurity({})
  @ApiOperation({ operationId: 'open' })
  open(): object {
    return {};
  }
}

@Module({ ...PROBE_MODULE, controllers: [DocumentedController] })
class DocumentedModule {}

interface Document {
  readonly openapi: string;
  readonly components: { readonly schemas: Record<string, object>; readonly securitySchemes: object };
  readonly paths: Record<string, Record<string, { readonly [field: string]: unknown }>>;
}

describe('the OpenAPI document', () => {
  let probe: Probe;
  let document: Document;
  beforeAll(async () => {
    probe = await startProbe({ module: DocumentedModule, docs: { title: 'Probe', description: '\nAbout it\n' } });
    document = (await (await fetch(`${probe.app.url}/docs-json`)).json()) as Document;
  });
  afterAll(() => probe.app.close());

  const schema = { $ref: '#/components/schemas/Named' };

  it('names schemas, in the JSON Schema of OpenAPI 3.1', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.schemas['Named']).toMatchObject({
      properties: { name: { type: ['string', 'null'] }, count: { type: 'integer', exclusiveMinimum: 0 } },
      example: { name: 'me' },
    });
    expect(document.paths['/documented']?.['post']?.['requestBody']).toMatchObject({
      content: { 'application/json': { schema } },
    });
  });

  it('gives every path of a route an operation of its own', () => {
    const ids = ['/v1/documented', '/documented'].map((path) => document.paths[path]?.['post']?.['operationId']);
    expect(ids).toEqual(['document', 'document_2']);
  });

  it('tells of a reply that may be streamed', () => {
    const operation = document.paths['/v1/documented']?.['post'];
    expect(operation).not.toHaveProperty('x-streamed');
    expect(operation?.['responses']).toMatchObject({
      200: {
        content: {
          'application/json': { schema: { properties: { inner: schema } } },
          'text/event-stream': { schema: { type: 'string' } },
        },
      },
    });
  });

  it('names the rest of a path once', () => {
    const parameters = document.paths['/rest/{path}']?.['get']?.['parameters'];
    expect(parameters).toEqual([expect.objectContaining({ name: 'path', in: 'path' })]);
  });

  it('tells which routes take a key', () => {
    expect(document).toMatchObject({ security: [{ bearer: [] }, { 'x-api-key': [] }] });
    expect(document.paths['/documented']?.['post']).not.toHaveProperty('security');
    expect(document.paths['/health']?.['get']?.['security']).toEqual([{}]);
  });
});
