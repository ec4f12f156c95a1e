import { programModel, type OnnxModel } from '@sentence-mtl/onnx';
import { bindInputs, defineProgram, int32, rewriteProgram, type InputTypes, type Value } from '@sentence-mtl/program';
import { sentenceEmbedding } from './sentence-embedding.ts';
import { parameterInputs, parametersAt } from './sentence-inputs.ts';
import type { SentenceModel } from './sentence-model.ts';

/** A graph as other programs know one: int64 tokens to the embeddings of tokens and of the text. */
export function exportedGraph({ config, parameters }: SentenceModel): OnnxModel {
  const type = int32('batch_size', 'sequence_length');
  const hasTypes = config.encoder.tokenTypeCount > 1;
  const inputs: InputTypes = {
    input_ids: type,
    attention_mask: type,
    ...(hasTypes && { token_type_ids: type }),
    ...parameterInputs(config),
  };
  const program = defineProgram(inputs, (values) => {
    const at = parametersAt(values);
    const tokens = { inputIds: at('input_ids'), attentionMask: at('attention_mask') };
    const encoded = sentenceEmbedding(config, hasTypes ? { ...tokens, tokenTypeIds: at('token_type_ids') } : tokens, {
      parameters: at,
    });
    const outputs: Record<string, Value> = {
      last_hidden_state: encoded.tokenEmbeddings,
      sentence_embedding: encoded.sentenceEmbedding,
    };
    return outputs;
  });
  const paths = new Map([...parameters].filter(([path]) => Object.hasOwn(program.inputs, path)));
  return programModel(rewriteProgram(bindInputs(program, paths)), { target: 'portable', integerInputs: 'int64' });
}
