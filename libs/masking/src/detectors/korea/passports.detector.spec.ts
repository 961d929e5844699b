import { itFinds, itIgnores } from '../detectors.fixture';
import { passports } from './passports.detector';

describe('kr-passport', () => {
  itFinds(passports, 'kr-passport', [
    '| no | 이름 | 여권 |\n|--|--|--|\n| 1 | HONG GILDONG, Seoul, Korea, Republic of, 04524 | «M123A4567» |',
    '여권번호는 «M789C1234»입니다',
    '여권번호«M789C1234»를',
    '대한민국 여권 «S87654321»',
    'My passport number is «M123A4567»',
    'Korean passport: «m456B7890».',
    'My old passport «M12345678»',
    'Passport No. «M12345678»',
    'passport_no=«R123A4567»&x=1 **«O123A4567»** `«D123A4567»` <b>«M123A4567»</b>',
    '"passport": "«M12345678»"',
    'passports «M123A4567» and «M456B7890», «M789C1234», «S012D5678»',
    '«M12345678» (여권)',
    '| 이름 | 여권번호 |\n|---|---|\n| 홍길동 | «M123A4567» |',
  ]);

  itIgnores([
    'M12345678',
    'part M123A4567',
    '여권 A123B4567',
    '여권 M12A4567',
    '여권 M1234A567',
    '여권 M123AB567',
    '여권 M123A456',
    '여권 M123A45678',
    '여권 M1234567',
    '여권 M123456789',
    '여권 MM123A4567',
    '여권 M123 A4567',
    '여권 M123-A4567',
  ]);
});
