import { findAll, itFinds, itIgnores } from '../detectors.fixture';
import { internalHosts } from './internal-hosts.detector';

describe('internal host', () => {
  itFinds(internalHosts, 'host', [
    'db is «db01.prod.internal», cache is «redis.prod.internal».',
    'http://«grafana.lan»:3000/d/1 https://user@«wiki.corp»/x «jenkins.corp» «nas.lan» «printer.local»',
    '«web.default.svc.cluster.local»:8080 http://«api.shop.svc»:80 «kafka-0.kafka.svc.cluster.local»',
    '«DC01.CORP.LOCAL» «Johns-MacBook-Pro.local» «server.home.arpa» «portal.intranet» «git.intra» «db-1.private»',
    '서버«db-1.internal»에 접속, **«db-1.internal»** `«db-1.internal»` |«db-1.internal»| _«db-1.internal»_ <b>«db-1.internal»</b>',
    'endpoint = «vault.internal»\nif «db-1.internal» is down (see "«web-2.local»")',
    'host=«db-1.internal»&x=1 "host": "«vault.internal»" [«db-1.internal»] («db-1.internal») «db-1.internal»,',
    String.raw`{\"url\":\"http://«db-1.internal»/x\"}\n«web-2.internal»\t`,
    'run --url=«wiki.corp.internal» && run -h «db.corp.internal» || true; dig «vault.service.consul»',
    'ping «fridge.local» and http://«config.local»:8080',
    'postgres://app:pw@«db.internal»:5432/x',
  ]);

  itIgnores([
    'const a = config.local; this.internal; module.internal.foo(1); x.local = 1; a.b.local === c',
    '.env.local settings.local.json tsconfig.local docker-compose.local.yml src/app.local',
    'import fs from "node:internal/fs"; Symbol.private; chrome.storage.local.get() chrome.storage.local',
    'com.sun.internal org.gradle.internal java.util.internal myObject.fooBar.internal user.private',
    'db.internal.example.com local.corporation a.localhost foo.lane',
    'host.docker.internal metadata.google.internal ec2.internal',
    '/etc/foo.local ./my-conf.local $HOME.local state.local?.x options.private!.y Service1.svc',
  ]);

  it('leaves the hosts of AWS to their own kind', () => {
    expect(findAll('ip-10-0-0-1.ec2.internal')).toEqual(['aws-endpoint ip-10-0-0-1']);
  });
});
