import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Controller, Get, Module } from '@nestjs/common';
import { createLogger } from '@sallyport/telemetry';
import { startApp, type RunningApp, type RequestObserver } from '../index';

const never = new Promise<never>(() => undefined);

@Controller('health')
class SlowController {
  @Get()
  answer(): Promise<never> {
    return never;
  }
}

@Module({ controllers: [SlowController] })
class SlowModule {}

/** Counts the requests that are open, and keeps the status with which each one ended. */
class OpenRequests implements RequestObserver {
  open = 0;
  readonly ends: number[] = [];
  private onChange = (): void => undefined;

  started(): void {
    this.open += 1;
    this.onChange();
  }

  ended(_method: string, _route: string, status: number): void {
    this.open -= 1;
    this.ends.push(status);
    this.onChange();
  }

  async until(open: number): Promise<void> {
    while (this.open !== open) await new Promise<void>((resolve) => (this.onChange = resolve));
  }
}

describe('requests that wait behind another on a connection', () => {
  const observer = new OpenRequests();
  const lines: { path: string; status: number }[] = [];
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  let app: RunningApp;
  beforeAll(async () => {
    const write = (line: string): void => void lines.push(JSON.parse(line) as { path: string; status: number });
    process.on('warning', onWarning);
    app = await startApp({
      name: 'slow',
      module: SlowModule,
      listen: { host: '127.0.0.1', port: 0, drainMs: 600_000 },
      maxBodyBytes: 1_000,
      logger: createLogger('slow', 'info', { write }),
      observer,
    });
  });
  afterAll(async () => {
    await app.close();
    process.off('warning', onWarning);
  });

  it('end with their connection, each of them once', async () => {
    const { hostname, port } = new URL(app.url);
    const socket: Socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write('GET /health HTTP/1.1\r\nhost: app\r\n\r\n'.repeat(20));
    await observer.until(20);
    socket.destroy();
    await observer.until(0);
    expect(observer.ends).toEqual(Array.from({ length: 20 }, () => 499));
    expect(lines.filter(({ path, status }) => path === '/health' && status === 499)).toHaveLength(20);
    expect(warnings).toEqual([]);
  });
});
