/** Whether a weight is float32 in every graph: small ones whose results are what is asked for, of heads and of dense layers. */
export const staysFloat32 = (weight: string): boolean => /^(heads|pooling)\./.test(weight);
