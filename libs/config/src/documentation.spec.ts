import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from './litellm/load-configuration';
import { readFileServerSettings } from './settings/file-server-settings';
import { readGatewaySettings } from './settings/gateway-settings';
import { readLogIngestSettings } from './settings/log-ingest-settings';
import { readMaskingSettings } from './settings/masking-settings';

describe('docs/configuration.md', () => {
  const page = readFileSync(join(__dirname, '../../../docs/configuration.md'), 'utf8');

  it('has a row for every variable that is read', () => {
    const configuration = loadConfiguration({});
    const { env } = configuration;
    readGatewaySettings(configuration);
    readMaskingSettings(env);
    readLogIngestSettings(env);
    readFileServerSettings(env);
    expect(env.names.length).toBeGreaterThan(30);
    expect(env.names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });
});
