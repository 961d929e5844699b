import { loadConfiguration } from '@sallyport/config';
import { runMain } from '@sallyport/platform';
import { prepareGateway, startGateway } from './gateway.app';

runMain('sallyport-gateway', () => {
  const configuration = loadConfiguration(process.env, process.argv.slice(2));
  const prepared = prepareGateway(configuration);
  configuration.env.problems.throwIfAny();
  return startGateway(prepared);
});
