import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { BatchContent } from '../../shipping/batch-content';
import { isInline } from '../batch/log-batch';
import { DAY, entriesOf, entryOf } from '../conformance/test-entries.fixture';
import { S3Double } from '../conformance/s3-double.fixture';
import type { RecordStore } from '../record-store.port';
import { ObjectStore } from './object-store';

describe(ObjectStore.name, () => {
  let place: S3Double;
  const stores: RecordStore[] = [];
  const open = (options?: Parameters<S3Double['open']>[0]): RecordStore => {
    const store = place.open(options);
    stores.push(store);
    return store;
  };
  beforeEach(async () => {
    place = await S3Double.start('record');
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await place.stop();
  });

  it('makes signed objects that are only created, with their digest and without further checksums', async () => {
    const entry = entryOf('a');
    await open({ prefix: 'logs/' }).write('b-1', [entry]);
    const { content, headers } = place.objects.get(`logs/${DAY}/a.json`) ?? {};
    expect(content?.toString('utf8')).toBe(entry.json);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'if-none-match': '*',
      'x-amz-meta-sha256': expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(Object.keys(headers ?? {}).filter((name) => /checksum|trailer/.test(name))).toEqual([]);
  });

  it('makes one object for each day of a batch, a line for each record', async () => {
    const [one, two] = entriesOf(2);
    const other = { ...entryOf('other'), date: '2026-11-22' };
    if (one === undefined || two === undefined) throw new Error('two entries');
    const results = await open({ objects: 'batch' }).write('b-1', [one, other, two]);
    expect(results.map((result) => 'path' in result && result.path)).toEqual([
      `${DAY}/b-1.ndjson.gz`,
      '2026-11-22/b-1.ndjson.gz',
      `${DAY}/b-1.ndjson.gz`,
    ]);
    const { content = Buffer.alloc(0), headers } = place.objects.get(`${DAY}/b-1.ndjson.gz`) ?? {};
    expect(gunzipSync(content).toString('utf8')).toBe(`${one.json}\n${two.json}\n`);
    expect(headers?.['content-type']).toBe('application/x-ndjson');
  });

  it('keeps a large record once whose direct way failed after it had arrived', async () => {
    const [large, rest] = entriesOf(2);
    if (large === undefined || rest === undefined) throw new Error('two entries');
    const store = open({ objects: 'batch' });
    const entries = new Map([large, rest].map((entry) => [entry.name, entry]));
    const content = new BatchContent({ read: (key) => entries.get(key) }, store);
    const items = [large, rest].map((entry) => ({ key: entry.name, isLarge: entry === large }));
    const now = performance.now.bind(performance);
    const clock = jest.spyOn(performance, 'now');
    try {
      await place.faults['stores, but breaks the connection before it answers']?.();
      await expect(content.of({ id: 'b-1', items })).rejects.toMatchObject({ retryable: true });
      place.failWith(503, 'SlowDown');
      clock.mockImplementation(() => now() + 60_000);
      const carried = (await content.of({ id: 'b-1', items })) ?? [];
      place.mend();
      const results = await store.write('b-1', carried.filter(isInline));
      expect(results).toMatchObject([{ outcome: 'present' }, { outcome: 'written' }]);
    } finally {
      clock.mockRestore();
    }
    expect((await place.records()).map(([, text]) => text).sort()).toEqual([large.json, rest.json].sort());
  });

  it('does not take other records of the same batch for those that are there', async () => {
    const [large, rest] = entriesOf(2);
    if (large === undefined || rest === undefined) throw new Error('two entries');
    const store = open({ objects: 'batch' });
    for (const outcome of ['written', 'present']) {
      expect(await store.write('b-1', [large])).toMatchObject([{ outcome }]);
      expect(await store.write('b-1', [rest])).toMatchObject([{ outcome }]);
    }
    expect((await place.records()).map(([, text]) => text).sort()).toEqual([large.json, rest.json].sort());
  });

  it.each([
    ['EntityTooLarge', 400],
    ['KeyTooLongError', 400],
    ['MetadataTooLarge', 400],
  ])('gives a record up at %s', async (code, status) => {
    place.failWith(status, code);
    for (const objects of ['record', 'batch'] as const) {
      const results = await open({ objects }).write('b-1', entriesOf(2));
      expect(results).toMatchObject([{ error: { retryable: false } }, { error: { retryable: false } }]);
    }
  });

  it.each([
    ['ConditionalRequestConflict', 409],
    ['InternalError', 500],
    ['ServiceUnavailable', 503],
    ['NoSuchBucket', 404],
    ['AccessDenied', 403],
    ['AuthorizationHeaderMalformed', 400],
    ['ExpiredToken', 400],
    ['RequestTimeout', 400],
    ['QuotaExceeded', 507],
  ])('tries again after %s', async (code, status) => {
    place.failWith(status, code);
    for (const objects of ['record', 'batch'] as const) {
      const error = { code: 'upstream_failed', retryable: true, message: expect.stringContaining(code) as string };
      expect(await open({ objects }).write('b-1', entriesOf(1))).toMatchObject([{ outcome: 'refused', error }]);
    }
  });

  it.each([
    ['NoSuchBucket', 404, 'LOG_S3_BUCKET'],
    ['AccessDenied', 403, 'LOG_S3_ACCESS_KEY_ID'],
    ['InvalidAccessKeyId', 403, 'LOG_S3_ACCESS_KEY_ID'],
    ['XAdminUserNotFound', 404, 'LOG_S3_ACCESS_KEY_ID'],
    ['SignatureDoesNotMatch', 403, 'LOG_S3_SECRET_ACCESS_KEY'],
    ['AuthorizationHeaderMalformed', 400, 'LOG_S3_REGION'],
    ['PermanentRedirect', 301, 'LOG_S3_REGION'],
    ['RequestTimeTooSkewed', 403, 'LOG_S3_ENDPOINT'],
    ['Whatever', 404, 'LOG_S3_ENDPOINT'],
  ])('names what is wrong at the start after %s: %s, %s', async (code, status, setting) => {
    place.failWith(status, code);
    const message = expect.stringMatching(`^${setting}: `) as string;
    await expect(open().check()).rejects.toMatchObject({ message, retryable: false });
  });

  it.each([
    ['ConditionalRequestConflict', 409],
    ['SlowDown', 429],
    ['InternalError', 500],
    ['SlowDown', 503],
  ])('says at the start that it can be used soon after %s, %i', async (code, status) => {
    place.failWith(status, code);
    await expect(open().check()).rejects.toMatchObject({ retryable: true });
  });

  it('says at the start that nobody answers', async () => {
    await place.faults['hangs']?.();
    await expect(open({ timeoutMs: 100 }).check()).rejects.toMatchObject({ retryable: true });
    await place.faults['breaks connections']?.();
    await expect(open().check()).rejects.toMatchObject({ retryable: true });
  });

  it('refuses a store that would replace objects', async () => {
    place.replaces = true;
    const message = expect.stringContaining('If-None-Match') as string;
    await expect(open().check()).rejects.toMatchObject({ message, retryable: false });
  });

  it('refuses a store that forgets the digest, by which a record is known that comes again', async () => {
    place.forgets = true;
    const message = expect.stringContaining('x-amz-meta-sha256') as string;
    await expect(open().check()).rejects.toMatchObject({ message, retryable: false });
  });

  it('breaks off what comes drop by drop', async () => {
    // Whole after several times as long as it may take, and never silent for so long.
    await open().write('b-1', [entryOf('one', 'c-1', { text: 'x'.repeat(600) })]);
    for await (const record of open({ timeoutMs: 3_000 }).list(DAY)) {
      place.drip();
      await expect(record.sha256()).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
    }
    expect.assertions(1);
  });

  it('breaks off a listing whose object is damaged', async () => {
    await open({ objects: 'batch' }).write('b-1', entriesOf(20, { text: 'x'.repeat(1000) }));
    const key = `${DAY}/b-1.ndjson.gz`;
    const whole = place.objects.get(key);
    if (whole === undefined) throw new Error('an object');
    place.objects.set(key, { ...whole, content: whole.content.subarray(0, 100) });
    const read = async (): Promise<void> => {
      for await (const { path } of open().list(DAY)) expect(path).toBe(key);
    };
    await expect(read()).rejects.toMatchObject({ code: 'upstream_failed', retryable: true });
  });

  it('loads the SDK only for those who keep records there', async () => {
    const script = `
      const { openRecordStore } = require('@sallyport/logging');
      openRecordStore({ kind: 's3' });
      const loaded = Object.keys(require.cache).some((path) => path.includes('client-s3'));
      process.stdout.write(String(loaded));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: __dirname });
    expect(stdout).toBe('false');
  });
});
