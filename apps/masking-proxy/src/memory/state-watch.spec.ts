import { createLogger, createMetrics, type Registry } from '@sallyport/telemetry';
import { MaskingMetrics } from '../metrics/masking-metrics';
import { StateWatch } from './state-watch';

const failing = (): Promise<string> =>
  Promise.reject(Object.assign(new Error('holds jane.doe@example.com'), { code: 'unavailable' }));

describe(StateWatch.name, () => {
  let lines: string[];
  let registry: Registry;
  let watch: StateWatch;
  beforeEach(() => {
    lines = [];
    registry = createMetrics();
    const logger = createLogger('test', 'info', { write: (line: string) => void lines.push(line) });
    watch = new StateWatch(new MaskingMetrics(registry, []), logger);
  });

  it('hands on what works', async () => {
    expect(await watch.attempt('recall', () => Promise.resolve('result'), 'without')).toBe('result');
    expect(lines).toEqual([]);
  });

  it('goes on without what fails, counts each time, and writes one line for each outage', async () => {
    for (const operation of ['recall', 'remember', 'recall'] as const) {
      expect(await watch.attempt(operation, failing, 'without')).toBe('without');
    }
    expect(await registry.metrics()).toContain('masking_state_errors_total{operation="recall"} 2');
    await watch.attempt('recall', () => Promise.resolve('result'), 'without');
    await watch.attempt('save-grants', failing, 'without');
    const written = lines.map((line) => JSON.parse(line) as { message: string; operation?: string; reason?: string });
    expect(written.map(({ operation }) => operation)).toEqual(['recall', undefined, 'save-grants']);
    expect(written[0]).toMatchObject({ reason: 'unavailable', message: expect.stringContaining('away') as string });
    expect(written[1]?.message).toContain('back');
    expect(lines.join('')).not.toContain('jane');
  });

  it('takes what is thrown at once like any other failure', async () => {
    const thrown = (): Promise<string> => {
      throw new Error('at once');
    };
    expect(await watch.attempt('read-note', thrown, 'without')).toBe('without');
    expect(lines[0]).toContain('"reason":"unknown"');
  });
});
