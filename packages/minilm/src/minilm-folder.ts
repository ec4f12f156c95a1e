/**
 * The sentence-transformers folder of the model inside this package, a file URL that ends in a slash. Its matrices are
 * int8 rows with float scales, which `openWeights` of `@sentence-mtl/model-files` widens to float32.
 */
export const minilmFolder: URL = new URL('../model/', import.meta.url);
