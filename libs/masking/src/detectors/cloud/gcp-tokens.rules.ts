import { behind, RANDOM, rulesOf, type TokenRule, word } from '../vendors/token-rule';

const gcp = rulesOf('gcp-api-key');
const account = rulesOf('gcp-service-account');

const ASSIGNED = String.raw`["']?\s{0,4}[=:]\s{0,4}["']?`;
/** What a key of a service account is called in the console and on the command line. */
const KEY_ID = '([a-f0-9]{40})(?![A-Za-z0-9])';
/** Project ids: 6 to 30 lower-case letters, digits and dashes. */
const PROJECT = '([a-z][a-z0-9-]{4,28}[a-z0-9])';
/** Collections that belong to projects of Google Cloud; other products have projects too. */
const IN_PROJECT = '(?:serviceAccounts|locations|secrets|topics|zones|regions|global|datasets)';

/** Keys and OAuth tokens of Google (cloud.google.com/docs/authentication/api-keys, developers.google.com/identity). */
export const GCP_RULES: readonly TokenRule[] = [
  gcp('AIza', word(35), { minEntropy: 3.5 }),
  gcp('GOCSPX-', word(28), { minEntropy: 3 }),
  gcp('ya29.', String.raw`(?:[a-z]\.)?[\w-]{20,1200}(?:\.[\w-]{1,600})?`, { minEntropy: 3 }),
  gcp('1//0', word(38, 200), { minEntropy: 3.3 }),
  gcp('4/0A', word(40, 120), { minEntropy: 3.5 }),
  gcp('AQ.Ab', word(38, 80), RANDOM),
  gcp('GOOG1E', '[A-Z0-9]{55}(?![A-Za-z0-9])'),
  gcp('GOOG', '[A-Z0-9]{16,20}(?![A-Za-z0-9])', { minEntropy: 3, needs: RANDOM.needs }),
  gcp(':APA91b', word(100, 180), { lead: behind(String.raw`[\w-]{11}`) }),

  account('gserviceaccount.com', '(?![A-Za-z0-9])', {
    lead: behind(String.raw`[a-z0-9][a-z0-9._-]{0,80}@[a-z0-9.:-]{2,80}\.`),
    chosen: true,
  }),
  account('private_key_id', `${ASSIGNED}${KEY_ID}`),
  account('gserviceaccount.com/keys/', KEY_ID),
  account('service-accounts keys', ` [a-z-]{3,16} ${KEY_ID}`),
  account('KEY_ID', String.raw`\b[^\n]{0,80}\n${KEY_ID}`),
  account('client_id', String.raw`${ASSIGNED}(\d{21})(?!\d)`),
  account('project_id', String.raw`"\s{0,4}:\s{0,4}"${PROJECT}(?=",\s{1,40}"private_key_id)`, { chosen: true }),
  account('projects/', String.raw`${PROJECT}(?=\/${IN_PROJECT}\/)`, { chosen: true }),
  account(
    'GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT GCP_PROJECT GCP_PROJECT_ID',
    String.raw`${ASSIGNED}${PROJECT}(?![\w-])`,
    {
      chosen: true,
    },
  ),
  account('gcloud', String.raw` config set project ${PROJECT}(?![\w-])`, { chosen: true }),
];
