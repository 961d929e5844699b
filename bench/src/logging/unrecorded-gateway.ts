import { loadConfiguration } from '@sallyport/config';
import { prepareGateway, startGateway } from '@sallyport/gateway';
import { runMain } from '@sallyport/platform';

/** The gateway as it would be if nobody wrote anything down: what a record costs is measured beside it. */
runMain('bench-gateway', () => {
  const configuration = loadConfiguration(process.env, []);
  const prepared = prepareGateway(configuration);
  configuration.env.problems.throwIfAny();
  return startGateway(prepared, {
    sink: {
      requireRoom: () => undefined,
      append: () => Promise.resolve(),
      ledger: () => ({ entries: [], next: null, complete: true }),
      close: () => Promise.resolve(),
    },
  });
});
