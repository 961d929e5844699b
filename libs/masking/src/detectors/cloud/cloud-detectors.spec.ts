import { findingsOf, itFinds } from '../detectors.fixture';
import { sampleOf } from '../vendors/sample-secrets.fixture';
import { azureNames } from './azure-names.detector';
import { azureStorageKeys } from './azure-storage-keys.detector';
import { CLOUD_DETECTORS, cloudTokens } from './cloud-detectors';

const filled = (templates: readonly string[]): string[] => templates.map((template, at) => sampleOf(template, at));

describe('Google Cloud', () => {
  itFinds(
    cloudTokens,
    'gcp-api-key',
    filled([
      '«AIza{word35}»',
      'https://maps.example/api?key=«AIzaSy{word33}»&v=3',
      '키는«AIza{word35}»입니다.',
      'client_secret: «GOCSPX-{word28}»',
      'Bearer «ya29.{word120}»',
      'gcloud: «ya29.c.{word120}» expires',
      '"refresh_token": "«1//0{word60}»"',
      'code=«4/0A{word60}»',
      '«AQ.Ab{word48}»',
      '«GOOG1E{upper55}»',
      '«GOOG{upper20}»',
      '«{word11}:APA91b{word134}»',
    ]),
  );

  itFinds(
    cloudTokens,
    'gcp-service-account',
    filled([
      '«deployer@acme-prod-1.iam.gserviceaccount.com», and',
      '«123456789012-compute@developer.gserviceaccount.com»입니다',
      '«acme-prod@appspot.gserviceaccount.com»',
      String.raw`\n«deployer@acme-prod-1.iam.gserviceaccount.com»\n`,
      '"private_key_id": "«{hex40}»"',
      'gcloud iam service-accounts keys delete «{hex40}» --iam-account=x',
      'serviceAccounts/«deployer@acme-prod-1.iam.gserviceaccount.com»/keys/«{hex40}»',
      'KEY_ID                CREATED_AT\n«{hex40}»  2026-01-01T00:00:00Z',
      '"client_id": "«{digits21}»"',
      '"project_id": "«acme-prod-1»",\n  "private_key_id": "',
      'projects/«acme-prod-1»/serviceAccounts/',
      'GOOGLE_CLOUD_PROJECT=«acme-prod-1»',
      'gcloud config set project «acme-prod-1»',
    ]),
  );

  it.each([
    `AIza${'a'.repeat(35)}`,
    sampleOf('x{alnum40}AIza{word35}'),
    'your-sa@your-project.iam.gserviceaccount.com',
    '${NAME}@${PROJECT}.iam.gserviceaccount.com',
    'projects/frontend-app/src/index.ts',
    'GCP_PROJECT=${PROJECT}',
  ])('finds nothing in %s', (text) => {
    expect(CLOUD_DETECTORS.flatMap((detector) => findingsOf(detector, text))).toEqual([]);
  });
});

describe('Azure', () => {
  itFinds(
    cloudTokens,
    'azure-secret',
    filled([
      'client_secret=«{alnum3}8Q~{word34}»',
      '(«.a{alnum1}8Q~{alnum31}»)',
      'The secret is «{alnum3}8Q~{alnum33}».',
      'TOKEN_«{alnum3}7Q~{alnum34}»을',
      '«{alnum76}AZDO{alnum4}»',
      '«{alnum52}JQQJ99BC{alnum24}»',
      '«{word44}AzFu{alnum5}A==»',
      '«{alnum42}AzSeA{alnum5}»',
      '«{alnum42}+ACRA{alnum5}»',
      '«{alnum33}AzCaB{alnum5}=»',
      'https://a.blob.core.windows.net/c?sv=2022-11-02&sig=«{alnum43}%3D»&se=2026',
      'https://a.azurewebsites.net/api/f?code=«{word54}==»',
      'x-functions-key: «{word54}==»',
      'Ocp-Apim-Subscription-Key: «{hex32}»',
      'InstrumentationKey=«{uuid}»;',
      '/subscriptions/«{uuid}»/resourceGroups/rg',
      'https://login.microsoftonline.com/«{uuid}»/oauth2',
    ]),
  );

  itFinds(
    cloudTokens,
    'azure-storage-key',
    filled([
      'AccountName=a;AccountKey=«{base64-86}==»;EndpointSuffix=core.windows.net',
      'Endpoint=sb://a/;SharedAccessKeyName=b;SharedAccessKey=«{base64-43}=»',
      'key «{base64-76}+ASt{alnum5}A==» of storage',
      '«{base64-33}+ASbA{alnum5}=»',
    ]),
  );

  itFinds(
    azureStorageKeys,
    'azure-storage-key',
    filled([
      '"keyName": "key1", "value": "«{base64-86}==»"',
      '«{base64-86}==»\n  some line\n  azure.com',
      'COSMOS_PRIMARY: «{base64-86}==»',
    ]),
  );

  itFinds(
    azureNames,
    'azure-secret',
    filled([
      'subscription id: «{uuid}»',
      'AZURE_TENANT_ID=«{uuid}»',
      'var azureClientId := "«{uuid}»"',
      'ad_tenant_id = "«{uuid}»"',
      '{"tenantId": "«{uuid}»", "provider": "Microsoft.Storage"}',
      'ARM_CLIENT_SECRET="«{alnum40}»"',
      'AZURE_DEVOPS_EXT_PAT=«{base32-52}»',
      'personal access token: `«{base32-52}»`',
    ]),
  );

  it.each([
    `client_secret=bP88Q~${'x'.repeat(34)}`,
    '.ui.visible.right.sidebar~.ui.visible.left.sidebar~.pusher{transform:translate3d(0,0,0)}',
    sampleOf('{hex32}~tplv-k3u1fbpfcp-watermark.image'),
    sampleOf('"integrity": "sha512-{base64-86}=="'),
    sampleOf('PublicKey: {base64-86}== for azure'),
    sampleOf('{base64-86}=='),
    sampleOf('tenant_id: {uuid}'),
    sampleOf('request id {uuid} of azure'),
    'subscriptions/00000000-0000-0000-0000-000000000000',
  ])('finds nothing in %s', (text) => {
    expect(CLOUD_DETECTORS.flatMap((detector) => findingsOf(detector, text))).toEqual([]);
  });
});
