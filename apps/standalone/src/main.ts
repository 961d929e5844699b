import { runMain } from '@sallyport/platform';
import { banner, shownKey } from './banner';
import { startStandalone, type RunningStandalone } from './standalone.app';

runMain(
  'sallyport',
  () => startStandalone(process.env, process.argv.slice(2)),
  (app) => banner(app as RunningStandalone, shownKey(app as RunningStandalone)),
);
