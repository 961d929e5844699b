import { itFinds, itIgnores } from '../detectors.fixture';
import { authHeaders } from './auth-headers.detector';

const HEX = 'cfcabd11c7ed9a41b1a3e063c32d5114';

describe('curl-auth in headers', () => {
  itFinds(authHeaders, 'curl-auth', [
    `curl --header  'Authorization:  «5eb4223e-5008-46e5-be67-c7b8f2732305»'`,
    `curl -H 'Authorization: Basic «YnJvd3Nlcjo=»' -H "Authorization: Bearer «${HEX}»" \\`,
    'Authorization: Basic «YWxhZGRpbjpvcGVuc2VzYW1l», Proxy-Authorization: Basic «YWxhZGRpbjpvcGVuc2VzYW1l».',
    `-H "Authorization: Api-Token «${HEX}»" -H "Authorization: Token «${HEX}»" -H 'Authorization: token «${HEX}»'`,
    '-H "Authorization: Bearer «_FXNljbSRYMWx3TWrd7lgKhLtVZX6iskC8Wcbb4b»"',
    `{'Authorization': 'Bearer «${HEX}»'} {"authorization":"token «${HEX}»"}`,
    `headers["Authorization"] = "Bearer «${HEX}»"; req.set("Authorization", "Bearer «${HEX}»")`,
    `{"name": "Authorization", "value": "Bearer «${HEX}»"} <Authorization>Bearer «${HEX}»</Authorization>`,
    `Authorization: Bearer «${HEX}»입니다 **Authorization**: Bearer «${HEX}» \`Authorization: Bearer «${HEX}»\` |Authorization: Bearer «${HEX}»|`,
    `Authorization=Bearer%20«${HEX}»&x=1 Authorization=>"GenieKey «${HEX}»"`,
    'Use Bearer «abcdef1234567890ghij».',
    `x-api-key: «Zf3D0LXCM3EIMbgJ» "x-api-key": "«Zf3D0LXCM3EIMbgJ»" 'X-API-KEY' => '«Zf3D0LXCM3EIMbgJ»'`,
    'last_x-api-key: «3b7a8f930b3c7365de1dd3c56fdf32e4»',
    'X-Auth-Token: «gAAAAABkX9q1W2e3R4t5» PRIVATE-TOKEN: «abcDEF123456ghiJKL78»,',
    `-H "apikey: «c4ed6c21-9dd5-4a05-8e3f-c56d1151cce8»" -H "Token: «3fea6af1349166ea»" --header "Api-Token: «Sk94HG7f6KB»"`,
    'Ocp-Apim-Subscription-Key: «0123456789abcdef0123456789abcdef» X-Octopus-ApiKey: «3a16750d-d363-41a4-8ebd-035408f7730f»',
  ]);

  itIgnores([
    'git clone https://x-access-token:${{ github.token }}@git.test/org/repo1.git',
    'Authorization: Bearer ${token} Authorization: Bearer <token> Authorization: Bearer $TOKEN',
    'Authorization: Bearer XXXXXXXXXXXX Authorization: Token ********** Authorization: Basic ...',
    'Authorization: Bearer YOUR_ACCESS_TOKEN authorization: Bearer your-token-here',
    '-H "Authorization: Bearer $(gcloud auth print-access-token)" -H "apikey: $API_KEY"',
    '-H "Authorization: basic {base64(email:password)}"',
    `{"Authorization": f"Bearer {token}"} {'Authorization': 'Bearer ' + token}`,
    'Authorization: Bearer eyJhbGciOiJIUzI1NiJ9...',
    'Access-Control-Allow-Headers: Authorization, Content-Type, X-Api-Key',
    'Bearer authentication is required. The bearer token was rejected. bearerAuth: []',
    'authorization: required; authorization: AuthorizationService2',
    'x-csrf-token: 9f86d081884c7d659a2f Idempotency-Key: 8e03978e-40d5-43e8-bc93-6894a57f9324',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== x-api-key: <your key> X-Cache-Key: 3fea6af1349166ea',
  ]);
});
