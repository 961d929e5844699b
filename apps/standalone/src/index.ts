export { startStandalone, type RunningStandalone } from './standalone.app';
