import { itFinds, itIgnores } from '../detectors.fixture';
import { cookies } from './cookies.detector';

describe('curl-auth in cookies', () => {
  itFinds(cookies, 'curl-auth', [
    'Cookie: session=«abc123def456ghi789»; theme=dark',
    'Set-Cookie: sid=«s%3Aabc123def456»; Path=/; HttpOnly; Secure; SameSite=Lax',
    'Set-Cookie: JSESSIONID=«1A530637289A03B07199A44E8D531427»; Expires=Wed, 21 Oct 2026 07:28:00 GMT',
    'document.cookie = "connect.sid=«s%3AyPm1.abc9»"',
    '"Cookie": "lang=en; PHPSESSID=«298zf09hf012fh2»; csrftoken=«u32t4o3tb3gg43»; _gat=1"',
    `curl --cookie "session=«abc123def456»" https://x.test`,
    'cookie: app=«Zf3D0LXCM3EIMbgJpUNnkRtO».',
    `headers['Cookie'] = 'auth_token=«Zf3D0LXCM3EI»'`,
    'Cookie: HttpOnly; token=«9f86d081884c»입니다',
  ]);

  itIgnores([
    'cookie: theme=dark; lang=en-US; _ga=GA1.2.123456789.1234567890',
    'Set-Cookie: theme=light; Path=/; Max-Age=31536000',
    'Set-Cookie: session=${id}; Path=/',
    'Cookie: session=<session-id>',
    'document.cookie = name + "=" + value',
    'const cookieParser = require("cookie-parser")',
    'cookies: session=required',
  ]);
});
