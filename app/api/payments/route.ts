export { answerPlain as POST } from '../answer-plain.ts';
