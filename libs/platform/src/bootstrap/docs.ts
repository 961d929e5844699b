import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { finishDocument } from './docs-document';
import { toJsonSchema } from './docs-schema';

export interface DocsOptions {
  readonly title: string;
  /** Shown on top of the page, in Markdown. */
  readonly description: string;
}

/** Serves Swagger UI at `/docs` and the OpenAPI 3.1 document at `/docs-json`, all assets from this process. */
export function serveDocs(app: NestFastifyApplication, options: DocsOptions): void {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(options.title)
    .setDescription(options.description.trim())
    .setVersion('0.1.0')
    .addServer('/')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'API key' }, 'bearer')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'x-api-key')
    .addSecurityRequirements('bearer')
    .addSecurityRequirements('x-api-key')
    .build();
  const create = (): OpenAPIObject =>
    finishDocument(SwaggerModule.createDocument(app, config, { standardSchemaConverter: toJsonSchema }));
  SwaggerModule.setup('docs', app, create, {
    jsonDocumentUrl: 'docs-json',
    customSiteTitle: options.title,
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true, displayRequestDuration: true },
  });
}
