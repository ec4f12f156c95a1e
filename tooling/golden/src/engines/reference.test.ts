import { describeLosses } from '../loss-cases/describe-losses.ts';
import { reference } from '../tested-engine.ts';

describeLosses(reference);
