import { itFinds, itIgnores } from '../detectors.fixture';
import { jsonWebTokens } from './json-web-tokens.detector';

const part = (json: string): string => Buffer.from(json).toString('base64url');
const HEADER = part('{"alg":"HS256","typ":"JWT"}');
const PAYLOAD = part('{"sub":"1234567890","name":"최지우","iat":1516239022}');
const SIGNATURE = 'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c';
const TOKEN = `${HEADER}.${PAYLOAD}.${SIGNATURE}`;
const ENCRYPTED = `${part('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.${'kZ9_'.repeat(40)}.48V1_ALb6US04U3b.${'q-7Z'.repeat(20)}.XFBoMYUZodetZdvTiFvSkQ`;

describe('jwt', () => {
  itFinds(jsonWebTokens, 'jwt', [
    `«${TOKEN}»`,
    `Authorization: Bearer «${TOKEN}», then «${TOKEN}».`,
    `{"token": "«${TOKEN}»"} token=«${TOKEN}»&next=1 **«${TOKEN}»** \`«${TOKEN}»\` <b>«${TOKEN}»</b> |«${TOKEN}»|`,
    `토큰은«${TOKEN}»입니다 [«${TOKEN}»] _«${TOKEN}» key:«${TOKEN}»`,
    String.raw`{\"token\":\"«${TOKEN}»\"}\n«${TOKEN}»\n`,
    `unsigned «${HEADER}.${PAYLOAD}» and «${part('{"alg":"none"}')}.${PAYLOAD}».`,
    `with line ends «${part('{"typ":"JWT",\r\n "alg":"HS256"}')}.${part('{"name":"Joe",\n"status":"employee"\n}')}»`,
    `with blanks «${part('{ "alg": "ES256" }')}.${PAYLOAD}.${SIGNATURE}» «${part('{\n"alg":"ES256"}')}.${PAYLOAD}.${SIGNATURE}»`,
    `detached «${HEADER}..${SIGNATURE}»`,
    `encrypted «${ENCRYPTED}», direct «${part('{"alg":"dir","enc":"A128GCM"}')}..48V1_ALb6US04U3b.5eym8TW_c8SuK0lt.XFBoMYUZodetZdvTiFvSkQ»`,
    `base64 padded «${TOKEN}==»`,
  ]);

  itIgnores([
    HEADER,
    `${HEADER}.payload.signature`,
    `${HEADER}...`,
    `${HEADER.slice(0, -3)}.${PAYLOAD}.${SIGNATURE}`,
    `${part('{"level":30}')}.${PAYLOAD}.${SIGNATURE}`,
    'eyJAAAA.eyJBBB',
    'eyJBB.eyJCC.eyJDDDD',
    'bm90X2pzb24.bm90X2pzb24.SflKxwRJSMeKKF2QT4fwpMeJf36POk6y',
    `data:application/json;base64,eyJ2ZXJzaW9uIjozLCJzb3VyY2VzIjpbXX0=`,
  ]);
});
