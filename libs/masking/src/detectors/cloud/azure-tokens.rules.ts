import { alnum, behind, rulesOf, run, type TokenRule } from '../vendors/token-rule';

const azure = rulesOf('azure-secret');
const storage = rulesOf('azure-storage-key');

/** A value of a connection string or a setting. */
const ASSIGNED = String.raw`["']?\s{0,4}[=:]\s{0,4}["']?`;
const GUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?![A-Za-z0-9])';
const URL_REST = String.raw`[^\s"'<>?#]{0,160}\?(?:[^\s"'<>#&]{0,160}&){0,4}`;

/**
 * Secrets of Azure. Those with a mark inside follow Microsoft's common annotated keys and the marks that came before
 * them; the position of the mark is fixed.
 */
export const AZURE_RULES: readonly TokenRule[] = [
  azure('Q~', String.raw`[\w~.-]{31,34}(?<!\.(?=\s|$))(?![_~-]?[A-Za-z0-9])`, {
    lead: behind(String.raw`[\w~.]{3}\d`),
    minEntropy: 3,
  }),
  azure('AZDO', alnum(4), { lead: behind('[A-Za-z0-9]{76}') }),
  azure('JQQJ9', String.raw`[9DH][A-Za-z0-9][A-L][A-Za-z0-9]{24}(?:[A-Za-z0-9]{2}==|(?![A-Za-z0-9]))`, {
    lead: behind('[A-Za-z0-9]{52}'),
  }),
  azure('AzFu', String.raw`[\w-]{5}[AQgw]==`, { lead: behind(String.raw`[\w-]{44}`) }),
  azure('AzSe', '[A-D][A-Za-z0-9]{5}(?![A-Za-z0-9])', { lead: behind('[A-Za-z0-9]{42}') }),
  azure('+ACR', '[A-D][A-Za-z0-9]{5}(?![A-Za-z0-9])', { lead: behind('[A-Za-z0-9+/]{42}') }),
  azure('AzCa', '[A-P][A-Za-z0-9]{5}=', { lead: behind('[A-Za-z0-9]{33}') }),
  azure('sig=', String.raw`([A-Za-z0-9+/%_-]{40,90}={0,2})(?![A-Za-z0-9])`, { minEntropy: 3.5 }),
  azure('azurewebsites.net', `${URL_REST}code=([A-Za-z0-9_/+%-]{30,120}={0,2})`),
  azure('x-functions-key', String.raw`${ASSIGNED}([A-Za-z0-9_/+-]{30,120}={0,2})`),
  azure(
    'Ocp-Apim-Subscription-Key subscription-key',
    String.raw`${ASSIGNED}([0-9a-fA-F]{32}|[A-Za-z0-9]{84})(?![A-Za-z0-9])`,
  ),
  azure('InstrumentationKey', `${ASSIGNED}(${GUID})`),
  azure('subscriptions/', `(${GUID})`),
  azure('login.microsoftonline.com/ login.windows.net/ sts.windows.net/', `(${GUID})`),

  storage('AccountKey', String.raw`${ASSIGNED}([A-Za-z0-9+/]{40,90}={0,2})(?![A-Za-z0-9+/])`, { minEntropy: 3.5 }),
  storage('SharedAccessKey SharedSecretValue', String.raw`${ASSIGNED}([A-Za-z0-9+/]{40,90}={0,2})(?![A-Za-z0-9+/])`, {
    minEntropy: 3.5,
  }),
  storage('+ASt APIM ACDb +ABa +AMC', run('A-Za-z0-9', 5, 5) + '[AQgw]==', { lead: behind('[A-Za-z0-9+/]{76}') }),
  storage('+ASb +AEh +ARm AIoT', '[A-P][A-Za-z0-9]{5}=', { lead: behind('[A-Za-z0-9+/]{33}') }),
];
