export { answerPlain as GET, answerPlain as HEAD, answerPlain as PUT } from '../../answer-plain.ts';
