import { itFinds, itIgnores } from '../detectors.fixture';
import { urlCredentials } from './url-credentials.detector';

describe('basic-auth-url', () => {
  itFinds(urlCredentials, 'basic-auth-url', [
    'https://apiuser:«r3alP4ssw0rd»@api.production.test/v2',
    'https://user:«hunter22»@api.example.com/endpoint, https://user:«hunter22»@api.example.com.',
    'ftps://deploy:«s3cur3K3y2026»@files.company.test smtp://mailer:«S3nd!t»@smtp.example.com:587',
    '주소는https://user:«Xyz12345»@example.com입니다 <https://bob:«Xyz12345»@h.test> (https://bob:«Xyz12345»@h.test)',
    '[link](https://user:«Xyz12345»@example.com) **https://user:«Xyz12345»@example.com** |https://u:«Xyz12345»@h.test|',
    '?url=https://bob:«Xyz12345»@h.test&next=b@c.test _https://bob:«Xyz12345»@h.test',
    'http://admin:«p%40ss%2Fw0rd%3A»@10.0.0.1:8080/ http://bob:«a:b:c1»@h.test',
    'https://myusername:«mypassword»@app.test/x',
    'two at signs: https://svc:«myC0mpl3xP@ss»@service.internal.test/x',
    'not encoded: https://bob:«Xyz/12#45»@h.test/x',
    'http://a:«b1c2»@h.test,http://c:«d3e4»@i.test',
    'https://username:«password»@yelp.test/ https://user:«pass»@example.com',
    'git clone https://oauth2:«Abcd1234efgh»@gitlab.test/x/y.git ssh://deploy:«hunter22»@host.internal:22',
    'https://«3f9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c»@github.test/o/r https://«q1W2e3R4t5Y6u7I8o9»:x-oauth-basic@github.test/o/r',
    'https://«sk9_q1W2e3R4t5Y6u7I8»:@api.payments.test/v1',
    'proxy=http://user01:«Pr0xyPw»@proxy:3128',
    'https://$USER:«hunter22»@registry.example.com',
  ]);
});

describe('conn-string in a URL', () => {
  itFinds(urlCredentials, 'conn-string', [
    'mongodb://root:«m42ploz2»@db.test:27017/thegift mongodb+srv://app:«myR3alP@ssw0rd»@cluster0.mongodb.net/mydb',
    'jdbc:mysql://admin:«str0ngP4ss»@db.company.test:3306/app_db',
    '"postgresql://pguser:«secur3Pass»@postgres.example.com:5432/production_db"',
    'postgresql+psycopg2://scott:«tiger»@h.example.org/test mssql+pyodbc://sa:«Pa55w.rd»@sql:1433/db',
    String.raw`log\npostgres://app:«PfTwOc4hBsad3w»@db1.test/x`,
    'redis://:«p4ssw0rd»@redis.internal:6379/0 rediss://default:«AVNS_x1»@h.test:1234',
    'amqp://app:«Rabbit!9»@mq:5672/vhost ldap://cn=admin:«S3cret99»@ldap.corp:389',
    'DATABASE_URL=postgres://u:«Xyz12345»@db:5432/app?sslmode=require',
    'mongodb://u:«Xyz12345»@h1:27017,h2:27017/db clickhouse://u:«Xyz12345»@ch:9000 kafka://u:«Xyz12345»@k:9092',
  ]);
});

describe('no credential in a URL', () => {
  itIgnores([
    'mongodb://username:password@localhost:27017/database',
    'postgres://user:password@localhost:5432/db postgres://user:password@host:5432/db',
    'mysql://user:${PASSWORD}@db.example/db mysql://${USER}:${PASS}@h/db',
    'postgresql://{username}:{password}@{{host}}:5432/{database} https://{{user}}:{{pass}}@h.test',
    'mongodb://YOUR_USERNAME:YOUR_PASSWORD@cluster.test/x mysql://admin:REPLACE_WITH_PASSWORD@mysql.test:3306/x',
    'https://user:<password>@h.test https://user:%s@h.test https://user:****@h.test https://user:xxxxxx@h.test',
    'https://user:[PASSWORD]@h.test https://$USER:$PASS@h.test https://u:$(pass show x)@h.test',
    'http://user:pass@localhost http://user:password@127.0.0.1:8080',
    'https://git@github.com/x ssh://git@github.com:22/x https://user@example.test:8443/x'.replace('user@', ''),
    'https://medium.com/@user/post:abc https://unpkg.com/foo@1.2.3 https://x.test:443/@a http://h:8080/@scope/pkg',
    'http://localhost:5000/<%= @variable %> redis://localhost:6379 postgresql://db.server.test:5432/production',
    'a://b:c',
    'jdbc:sqlserver://h:1433;database=d;user=u@s;encrypt=true',
  ]);
});
