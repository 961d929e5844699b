import { loadConfiguration } from '@sallyport/config';
import { prepareGateway, startGateway } from './gateway.app';

/**
 * Prints the OpenAPI document of a gateway, as `/docs-json` serves it. It has to be asked of a running one: routes are
 * known when they are registered.
 */
async function printDocument(): Promise<void> {
  const configuration = loadConfiguration(
    { GATEWAY_PORT: '0', GATEWAY_API_KEYS: 'docs', GATEWAY_UPSTREAMS: 'mock=mock://local', LOG_LEVEL: 'silent' },
    [],
  );
  const prepared = prepareGateway(configuration);
  configuration.env.problems.throwIfAny();
  const sink = {
    requireRoom: () => undefined,
    append: () => Promise.resolve(),
    ledger: () => ({ entries: [], next: null, complete: true }),
    close: () => Promise.resolve(),
  };
  const gateway = await startGateway(prepared, { sink });
  const document = await (await fetch(`${gateway.url}/docs-json`)).text();
  await gateway.close();
  process.stdout.write(`${document}\n`);
}

void printDocument();
