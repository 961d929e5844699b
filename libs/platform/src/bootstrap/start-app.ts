import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConfigurationError, type ListenSettings } from '@sallyport/config';
import type { Logger } from '@sallyport/telemetry';
import type { FastifyInstance } from 'fastify';
import { keysOf } from '../auth/api-key.guard';
import { checkBeforeBody } from '../auth/key-check';
import { acceptFormBodies } from '../body/form-body';
import { acceptJsonBodies, refuseEncodedBodies } from '../body/json-body';
import { SchemaValidationPipe } from '../body/schema-validation.pipe';
import { ErrorFilter } from '../errors/error.filter';
import { refuseUnreadable } from '../errors/unreadable-request';
import { logAccess, observeRequests, type RequestObserver } from './access-log';
import { serveDocs, type DocsOptions } from './docs';
import { Drain } from './drain';
import { NestLogger } from './nest-logger';
import { identifyRequests, requestIdOf } from './request-identity';

export interface AppDefinition {
  /** Names the app in log lines and in its ready line. */
  readonly name: string;
  readonly module: DynamicModule | Type;
  readonly listen: ListenSettings;
  /** Largest request body, in bytes. */
  readonly maxBodyBytes: number;
  /** Deepest nesting of a request body, for apps whose later steps walk it; not bounded when undefined. */
  readonly maxBodyDepth?: number;
  /** Whether `multipart/form-data` is read as well as JSON. */
  readonly acceptForms?: boolean;
  readonly logger: Logger;
  /** Serves `/docs` and `/docs-json` when given. */
  readonly docs?: DocsOptions;
  /** Told of every request, for metrics. */
  readonly observer?: RequestObserver;
}

/** An app that accepts calls. */
export interface RunningApp {
  readonly name: string;
  /** Address with the real port, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Addresses of the apps in a process that runs several. */
  readonly addresses?: Readonly<Record<string, string>>;
  /**
   * Stops taking calls, lets those under way finish within the drain limit, then releases what the app's modules hold
   * (their `onApplicationShutdown`). Safe to call twice.
   */
  close(): Promise<void>;
}

/** Time to receive a whole request; replies may take as long as they need. */
const REQUEST_RECEIVE_TIMEOUT_MS = 120_000;
/** Ids of stored replies and files hold hundreds of characters where an upstream writes its own address into them. */
const MAX_PARAM_LENGTH = 1_024;

/**
 * Starts a Nest app on Fastify with everything that all apps share: JSON bodies kept as bytes, request ids, errors in
 * the caller's dialect, validation, docs and a drain that cuts no stream.
 *
 * @returns the app once it listens
 * @throws ConfigurationError when the address cannot be used, and what the module's providers throw
 */
export async function startApp(definition: AppDefinition): Promise<RunningApp> {
  const { listen, logger } = definition;
  const adapter = new FastifyAdapter({
    bodyLimit: definition.maxBodyBytes,
    requestTimeout: REQUEST_RECEIVE_TIMEOUT_MS,
    genReqId: requestIdOf,
    exposeHeadRoutes: true,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    ...refuseUnreadable(logger),
  });
  const app = await NestFactory.create<NestFastifyApplication>(definition.module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(logger),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  acceptJsonBodies(fastify, definition.maxBodyDepth);
  if (definition.acceptForms === true) acceptFormBodies(fastify);
  identifyRequests(fastify);
  logAccess(fastify, logger);
  if (definition.observer !== undefined) observeRequests(fastify, definition.observer);
  const drain = new Drain(fastify);
  checkBeforeBody(fastify, keysOf(app));
  app.useGlobalFilters(new ErrorFilter(logger));
  app.useGlobalPipes(new SchemaValidationPipe());
  if (definition.docs !== undefined) serveDocs(app, definition.docs);
  await app.init();
  refuseEncodedBodies(fastify);
  await app.listen(listen.port, listen.host).catch((error: unknown) => {
    const problem = listenProblem(error, listen);
    throw problem === undefined ? error : new ConfigurationError([`${definition.name}: ${problem}`]);
  });

  let closing: Promise<void> | undefined;
  return {
    name: definition.name,
    url: urlOf(fastify.server.address() as AddressInfo),
    close: () => {
      drain.begin();
      closing ??= sleep(listen.drainDelayMs ?? 0).then(() => drain.finish(() => app.close(), listen.drainMs));
      return closing;
    },
  };
}

function urlOf({ address, family, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? 'localhost' : address;
  return `http://${family === 'IPv6' && host !== 'localhost' ? `[${host}]` : host}:${port}`;
}

function listenProblem(error: unknown, { host, port }: ListenSettings): string | undefined {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return `port ${port} is taken`;
    case 'EACCES':
      return `port ${port} may not be used by this user`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST (${host}) is not an address of this machine`;
    default:
      return undefined;
  }
}
