import { loadConfiguration, readLogIngestSettings } from '@sallyport/config';
import { runMain } from '@sallyport/platform';
import { startLogIngest } from './log-ingest.app';

runMain('log-ingest', async () => {
  const { env, file } = loadConfiguration(process.env, process.argv.slice(2));
  const settings = readLogIngestSettings(env, file);
  env.problems.throwIfAny();
  return startLogIngest(settings);
});
