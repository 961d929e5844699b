import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, Environment, readMaskingSettings, type MaskingSettings } from '@sallyport/config';
import { loadMaskingKey } from './load-masking-key';

describe(loadMaskingKey.name, () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sallyport-key-'));
  });
  afterEach(async () => {
    await chmod(dataDir, 0o700);
    await rm(dataDir, { recursive: true });
  });
  const settings = (variables: Record<string, string> = {}): MaskingSettings =>
    readMaskingSettings(new Environment({ DATA_DIR: join(dataDir, 'deep', 'data'), ...variables }));

  it('takes the key that was given and writes nothing', async () => {
    expect(Buffer.from(await loadMaskingKey(settings({ MASKING_KEY: 'mine' }))).toString()).toBe('mine');
    await expect(readFile(join(dataDir, 'deep', 'data', 'masking.key'))).rejects.toThrow('ENOENT');
  });

  it('takes the key that was made when it is given', async () => {
    const made = await loadMaskingKey(settings());
    const text = (await readFile(join(dataDir, 'deep', 'data', 'masking.key'), 'utf8')).trim();
    expect(Buffer.from(await loadMaskingKey(settings({ MASKING_KEY: text }))).equals(made)).toBe(true);
  });

  it('gives processes that start at the same time the same key', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadMaskingKey(settings())));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
  });

  it('refuses a damaged key instead of making another one', async () => {
    await writeFile(join(dataDir, 'masking.key'), 'abc');
    await expect(loadMaskingKey(settings({ DATA_DIR: dataDir }))).rejects.toThrow(/is not a masking key/);
  });

  it('says what to do when none can be made', async () => {
    await writeFile(join(dataDir, 'file'), '');
    const loading = loadMaskingKey(settings({ DATA_DIR: join(dataDir, 'file') }));
    await expect(loading).rejects.toThrow(ConfigurationError);
    await expect(loading).rejects.toThrow(/MASKING_KEY: is not set/);
  });
});
