export { LOCAL_COMMIT, LocalHub } from './local-hub.ts';
