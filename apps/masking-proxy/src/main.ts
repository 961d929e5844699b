import { loadConfiguration, readMaskingSettings } from '@sallyport/config';
import { runMain } from '@sallyport/platform';
import { startMaskingProxy } from './masking-proxy.app';

runMain('masking-proxy', async () => {
  const { env } = loadConfiguration(process.env, process.argv.slice(2));
  const settings = readMaskingSettings(env);
  env.problems.throwIfAny();
  return startMaskingProxy(settings);
});
