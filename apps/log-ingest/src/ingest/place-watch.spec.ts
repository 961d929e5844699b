import { SallyportError } from '@sallyport/dialects';
import { createLogger } from '@sallyport/telemetry';
import { PlaceReadiness } from '../health/place-readiness';
import { PlaceWatch } from './place-watch';

describe(PlaceWatch.name, () => {
  const logger = createLogger('test', 'silent');
  let problem: Error | undefined;
  let looks: number;
  let watch: PlaceWatch;
  let errors: jest.SpyInstance;
  let infos: jest.SpyInstance;
  const check = (): Promise<void> => {
    looks += 1;
    return problem === undefined ? Promise.resolve() : Promise.reject(problem);
  };
  beforeEach(() => {
    looks = 0;
    problem = undefined;
    watch = new PlaceWatch({ check }, logger, { well: 1, ill: 1 });
    errors = jest.spyOn(logger, 'error');
    infos = jest.spyOn(logger, 'info');
  });
  afterEach(async () => {
    await watch.stop(1_000);
    jest.restoreAllMocks();
  });

  async function nextLook(): Promise<void> {
    const seen = looks;
    while (looks < seen + 2) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  it('is not ready before the first look', async () => {
    await expect(new PlaceReadiness(watch).check()).rejects.toThrow('not been looked at');
  });

  it('looks again until the place is mended, and tells each change once', async () => {
    problem = new SallyportError('upstream_failed', 'the file server takes another token');
    watch.start();
    await nextLook();
    await nextLook();
    await expect(new PlaceReadiness(watch).check()).rejects.toThrow('another token');
    expect(errors).toHaveBeenCalledTimes(1);
    problem = undefined;
    await nextLook();
    await expect(new PlaceReadiness(watch).check()).resolves.toBeUndefined();
    expect(infos).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['soon while something is wrong', new SallyportError('unavailable', 'full'), { well: 1e9, ill: 1 }],
    ['from time to time while all is well', undefined, { well: 1, ill: 1e9 }],
  ])('looks again %s', async (_when, found, pauses) => {
    problem = found;
    watch = new PlaceWatch({ check }, logger, pauses);
    watch.start();
    await nextLook();
    expect(looks).toBeGreaterThan(1);
  });

  it('does not wait for a place that hangs longer than it may', async () => {
    const hanging = new PlaceWatch({ check: () => new Promise<void>(() => undefined) }, logger);
    hanging.start();
    await expect(hanging.stop(1)).resolves.toBeUndefined();
  });

  it('does not show an error that it does not know', async () => {
    problem = new Error('quotes a record');
    watch.start();
    await nextLook();
    expect(watch.problem).toBe('The place of the records could not be looked at');
  });
});
