/** What happens during a fetch, for a progress display. */
export type HubEvent =
  | { readonly type: 'files'; readonly files: number; readonly bytes: number }
  | { readonly type: 'progress'; readonly file: string; readonly bytes: number; readonly total: number }
  | { readonly type: 'done'; readonly file: string }
  | { readonly type: 'retry'; readonly reason: string; readonly seconds: number }
  | { readonly type: 'cached'; readonly reason: string };
