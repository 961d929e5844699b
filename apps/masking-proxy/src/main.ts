import { loadConfiguration, readMaskingSettings } from '@sallyport/config';
import { runMain } from '@sallyport/platform';
import { startMaskingProxy } from './masking-proxy.app';

runMain('sallyport-masking-proxy', () => {
  const { env, file } = loadConfiguration(process.env, process.argv.slice(2));
  const settings = readMaskingSettings(env, file);
  env.problems.throwIfAny();
  return startMaskingProxy(settings);
});
