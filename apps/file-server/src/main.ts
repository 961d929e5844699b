import { loadConfiguration, readFileServerSettings } from '@sallyport/config';
import { runMain } from '@sallyport/platform';
import { startFileServer } from './file-server.app';

runMain('file-server', async () => {
  const { env } = loadConfiguration(process.env, process.argv.slice(2));
  const settings = readFileServerSettings(env);
  env.problems.throwIfAny();
  return startFileServer(settings);
});
