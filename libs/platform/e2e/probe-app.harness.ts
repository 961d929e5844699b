import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, HttpCode, Module, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { Secret } from '@sallyport/config';
import { SallyportError } from '@sallyport/dialects';
import { createLogger, createMetrics } from '@sallyport/telemetry';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_KEYS, ApiKeyGuard, HealthModule, startApp, type AppDefinition, type RunningApp } from '../src';

@Controller()
@UseGuards(ApiKeyGuard)
class ProbeController {
  @Post('echo')
  @HttpCode(200)
  echo(@Req() request: FastifyRequest): object {
    return { bytes: request.rawBody?.length, key: request.apiKey?.fingerprint() };
  }

  @Post('form')
  @HttpCode(200)
  form(@Req() request: FastifyRequest): object {
    return { fields: request.body, bytes: request.rawBody?.toString('latin1') };
  }

  /** Never answers. */
  @Get('silent')
  silent(): Promise<never> {
    return new Promise(() => undefined);
  }

  /** Begins an answer that has no end. */
  @Get('endless')
  endless(@Res() reply: FastifyReply): void {
    async function* pieces(): AsyncGenerator<string> {
      for (;;) {
        yield 'piece ';
        await sleep(10);
      }
    }
    void reply.type('text/plain').send(Readable.from(pieces()));
  }

  @Get('named/:name')
  named(@Param('name') name: string): string {
    return name;
  }

  @Get('failed')
  failed(): never {
    const cause = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' });
    throw new SallyportError('upstream_failed', 'The upstream failed', { cause });
  }

  @Get('failed-on-payload')
  failedOnPayload(): never {
    const cause = new SyntaxError('Unexpected token in "a private prompt"');
    throw new SallyportError('upstream_failed', 'The upstream failed', { cause });
  }
}

/** Metadata of the module that {@link startProbe} runs, for modules that add something to it. */
export const PROBE_MODULE = {
  imports: [HealthModule.register(createMetrics({ processMetrics: false }))],
  controllers: [ProbeController],
  providers: [{ provide: API_KEYS, useValue: [new Secret('key-1'), new Secret('key-2')] }],
};

@Module(PROBE_MODULE)
class ProbeModule {}

/** Only ends the wait for a line that never comes. */
const LINE_LIMIT_MS = 60_000;

export type LogLine = Readonly<Record<string, unknown>>;

/** A running app with one route for each way to end, and the lines of its log. */
export interface Probe {
  readonly app: RunningApp;
  readonly lines: readonly LogLine[];
  /** Resolves with the first line that has all of `fields`. */
  line(fields: LogLine): Promise<LogLine>;
  /** Sends `text` as it is, without a client that would tidy it up, and reads until the connection ends. */
  raw(text: string): Promise<{ status: number; head: string; body: string }>;
}

export async function startProbe(definition: Partial<AppDefinition> = {}): Promise<Probe> {
  const lines: LogLine[] = [];
  const logger = createLogger('probe', 'info', { write: (line) => void lines.push(JSON.parse(line) as LogLine) });
  const listen = { host: '127.0.0.1', port: 0, drainMs: 1_000 };
  const app = await startApp({ name: 'probe', module: ProbeModule, listen, maxBodyBytes: 50e6, logger, ...definition });
  return {
    app,
    lines,
    line: async (fields) => {
      for (const end = Date.now() + LINE_LIMIT_MS; Date.now() < end;) {
        const found = lines.find((line) => Object.entries(fields).every(([key, value]) => line[key] === value));
        if (found !== undefined) return found;
        await sleep(10);
      }
      throw new Error(`no line with ${JSON.stringify(fields)}`);
    },
    raw: async (text) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      socket.write(text);
      const answer = (await buffer(socket)).toString('utf8');
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
      return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body };
    },
  };
}
