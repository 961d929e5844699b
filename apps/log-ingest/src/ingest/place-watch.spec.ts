import { SallyportError } from '@sallyport/dialects';
import type { WriteResult } from '@sallyport/logging';
import { createLogger } from '@sallyport/telemetry';
import { until } from '@sallyport/testing';
import { PlaceReadiness } from '../health/place-readiness';
import { PlaceWatch } from './place-watch';

function refusedWith(error: SallyportError): WriteResult {
  return { outcome: 'refused', error };
}

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
    await until(() => looks >= seen + 2);
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

  describe('told of writes', () => {
    const written: WriteResult = { outcome: 'written', path: 'a' };
    const failed: WriteResult = refusedWith(new SallyportError('unavailable', 'away', { retryable: true }));
    const refused: WriteResult = refusedWith(new SallyportError('upstream_failed', 'status 422'));
    let now: number;
    beforeEach(async () => {
      now = 0;
      watch = new PlaceWatch({ check }, logger, { well: 1e9, ill: 1e9 }, () => now);
      watch.start();
      await until(() => watch.problem === undefined);
    });

    it('knows at once of a place that takes nothing, looks for the reason, and hears when it takes records again', async () => {
      problem = new SallyportError('unavailable', 'the disk is gone');
      watch.noteWrites([failed, failed]);
      expect(watch.problem).toBe('away');
      await until(() => watch.problem === 'the disk is gone');
      watch.noteWrites([failed]);
      expect(looks).toBe(2);
      expect(errors).toHaveBeenCalledTimes(2);
    });

    it('says so until a record is written, although the place looks well', async () => {
      watch.noteWrites([failed]);
      await until(() => looks === 2);
      await new Promise(setImmediate);
      expect(watch.problem).toBe('away');
      watch.noteWrites([refused, failed]);
      expect(watch.problem).toBeUndefined();
      expect(infos).toHaveBeenCalledTimes(1);
    });

    it.each([
      ['that took a part', [failed, written]],
      ['that refused for good', [refused]],
      ['without records', []],
    ])('finds nothing wrong in a batch %s', (_which, results) => {
      watch.noteWrites(results);
      expect([watch.problem, looks]).toEqual([undefined, 1]);
    });

    it('trusts a look again when no write has failed for long', async () => {
      const impatient = new PlaceWatch({ check }, logger, { well: 1_000, ill: 1 }, () => now);
      impatient.noteWrites([failed]);
      now = 999;
      impatient.start();
      await nextLook();
      expect(impatient.problem).toBe('away');
      now = 1_000;
      await until(() => impatient.problem === undefined);
      await impatient.stop(1_000);
    });
  });

  it('does not show an error that it does not know', async () => {
    problem = new Error('quotes a record');
    watch.start();
    await nextLook();
    expect(watch.problem).toBe('The place of the records could not be looked at');
  });
});
