import { Environment } from '../environment/environment';
import { readRecordStoreSettings } from './record-store-settings';

describe('FILE_SERVER_PATH_PREFIX', () => {
  const read = (prefix: string): { prefix: string; problems: Environment['problems'] } => {
    const env = new Environment({ FILE_SERVER_PATH_PREFIX: prefix });
    return { prefix: readRecordStoreSettings(env).pathPrefix, problems: env.problems };
  };

  it.each(['', 'llm/', 'team-a/llm/', 'llm-', 'a.b/..c'])('takes %j as it is', (prefix) => {
    const result = read(prefix);
    expect(result.prefix).toBe(prefix);
    expect(() => result.problems.throwIfAny()).not.toThrow();
  });

  it.each(['/llm/', '../llm/', 'a//b/', './', 'a/../', 'a\\b', '%2e', 'a\nb'])('refuses %j', (prefix) => {
    expect(() => read(prefix).problems.throwIfAny()).toThrow('FILE_SERVER_PATH_PREFIX');
  });
});

describe('LOG_WRITER', () => {
  const read = (variables: Record<string, string>) => {
    const env = new Environment(variables);
    return { store: readRecordStoreSettings(env), problems: env.problems };
  };
  const S3 = { LOG_WRITER: 's3', LOG_S3_BUCKET: 'logs' };

  it('is the file server unless another place is named', () => {
    expect(read({}).store).toMatchObject({ kind: 'file-server', mode: 'async', timeoutMs: 5_000 });
    expect(read({ LOG_WRITER: 'directory', DATA_DIR: '/d' }).store).toMatchObject({
      kind: 'directory',
      dir: '/d/files',
    });
    expect(read(S3).store).toMatchObject({ kind: 's3', bucket: 'logs', forcePathStyle: false, endpoint: undefined });
  });

  it('puts the bucket into the path of a server of one’s own', () => {
    const { store } = read({ ...S3, LOG_S3_ENDPOINT: 'http://minio:9000/' });
    expect(store).toMatchObject({ endpoint: 'http://minio:9000', forcePathStyle: true });
  });

  it('takes both parts of the credentials or none', () => {
    const both = { LOG_S3_ACCESS_KEY_ID: 'id', LOG_S3_SECRET_ACCESS_KEY: 'secret' };
    expect(read({ ...S3, ...both }).store).toMatchObject({ credentials: { accessKeyId: {}, secretAccessKey: {} } });
    expect(read(S3).store).toMatchObject({ credentials: undefined });
    for (const name of Object.keys(both) as (keyof typeof both)[]) {
      expect(() => read({ ...S3, [name]: both[name] }).problems.throwIfAny()).toThrow('must be set together');
    }
  });

  it('needs a bucket when it is S3, and only then', () => {
    expect(() => read({ LOG_WRITER: 's3' }).problems.throwIfAny()).toThrow('LOG_S3_BUCKET');
    expect(() => read({}).problems.throwIfAny()).not.toThrow();
  });
});
