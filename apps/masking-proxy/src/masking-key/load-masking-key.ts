import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError, type MaskingSettings } from '@sallyport/config';
import { isHexKey, secretBytes } from './secret-bytes';

const FILE_NAME = 'masking.key';
const KEY_BYTES = 32;

/**
 * The secret that tokens are derived from: `MASKING_KEY`, or a random one that is made once and kept under `DATA_DIR`,
 * readable by its owner only, so that tokens stay the same over restarts.
 *
 * @throws ConfigurationError when the key can neither be read nor written
 */
export async function loadMaskingKey({ maskingKey, dataDir }: MaskingSettings): Promise<Uint8Array> {
  if (maskingKey !== undefined) return secretBytes(maskingKey.reveal());
  const path = join(dataDir, FILE_NAME);
  try {
    return (await readKey(path)) ?? (await createKey(dataDir, path));
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new ConfigurationError([`MASKING_KEY: is not set, and ${path} can neither be read nor made (${code})`]);
  }
}

async function readKey(path: string): Promise<Uint8Array | undefined> {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  if (!isHexKey(text)) throw new ConfigurationError([`${path}: is not a masking key (64 hexadecimal digits)`]);
  return secretBytes(text);
}

/** Written whole under another name first: a second process that starts meanwhile reads all of it or nothing. */
async function createKey(dataDir: string, path: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true });
  const temporary = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
    await file.sync();
    // Unlike a rename, a link never replaces the key that another process may have made first.
    await link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await file.close();
    await rm(temporary);
  }
  return (await readKey(path)) as Uint8Array;
}
