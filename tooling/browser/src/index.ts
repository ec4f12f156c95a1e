export { Browser, type OpenPageOptions } from './browser.ts';
export { BROWSER_ABSENCE, findChromium } from './find-chromium.ts';
export type { OpenedPage } from './opened-page.ts';
export { FolderServer, type FolderServerOptions } from './folder-server.ts';
