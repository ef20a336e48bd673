export { answerPlain as GET, answerPlain as HEAD, answerPlain as PATCH } from '../../answer-plain.ts';
