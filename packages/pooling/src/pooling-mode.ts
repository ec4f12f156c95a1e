/** How token embeddings become one vector, by sentence-transformers' names and in the order it concatenates them. */
export const POOLING_MODES = ['cls', 'max', 'mean', 'mean_sqrt_len_tokens', 'weightedmean', 'lasttoken'] as const;

export type PoolingMode = (typeof POOLING_MODES)[number];
