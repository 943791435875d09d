import { AppError } from '../../../../shared/errors/app-error.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { scanXml } from '../xml/xml-scanner.ts';
import { at } from '../xml/xml-values.ts';
import type { HttpAnswer } from './http-post.ts';
import type { ConnectionPhase } from './network-errors.ts';
import { faultInBody } from './soap-fault.ts';
import { unpackText } from './unpack.ts';

export interface AnswerContext {
  readonly address: string;
  readonly port: number;
  readonly operation: string;
  readonly phase: ConnectionPhase;
}

/** Answers read here are small. Pages of the inventory are read in another thread. */
const maxLength = 8 * 1024 * 1024;
export const maxDepth = 256;

/** Statuses of a server, or of a proxy before it, that is starting or overloaded. */
const unavailable = new Set([429, 502, 503, 504]);

/** Refuses an answer that by its status cannot be one of the API's, which answers with 200, and 500 for faults. */
export const refuseForeignStatus = (answer: HttpAnswer, context: AnswerContext): void => {
  const { address, port, operation, phase } = context;
  const { status } = answer;
  if (status === 200 || status === 500) return;
  if (unavailable.has(status)) {
    const reason = `HTTP ${status}`;
    throw phase === 'contact'
      ? new AppError('site-unreachable', { address, port, reason })
      : new AppError('connection-lost', { address, reason });
  }
  throw phase === 'contact'
    ? new AppError('not-a-management-server', { address, port, answer: `HTTP ${status}` })
    : new AppError('unexpected-answer', { address, operation, detail: `HTTP ${status}` });
};

/**
 * What the method returned; undefined when it returns nothing.
 * @throws VimFault; `not-a-management-server` at first contact, and `unexpected-answer` later, for what is no SOAP
 */
export const readAnswer = (answer: HttpAnswer, context: AnswerContext): XmlValue | undefined => {
  refuseForeignStatus(answer, context);
  const body = soapBody(answer, context);
  const fault = faultInBody(body);
  if (fault !== null) throw fault;
  if (answer.status !== 200) throw notSoap(`HTTP ${answer.status}`, context);
  const response = at(body, `${context.operation}Response`);
  if (response === undefined) throw notSoap('no response element', context);
  return at(response, 'returnval');
};

/** An answer as it was written. @throws Error as {@link unpackText} */
export const textOf = (answer: HttpAnswer): string => unpackText(answer.body, answer.contentEncoding, maxLength);

const soapBody = (answer: HttpAnswer, context: AnswerContext): XmlValue => {
  try {
    const { rootName, root } = scanXml(textOf(answer), { maxLength, maxDepth });
    const body = at(root, 'Body');
    if (rootName === 'Envelope' && body !== undefined) return body;
    throw new Error(`<${rootName.slice(0, 40)}> instead of an envelope`);
  } catch (cause) {
    const what = answer.contentType.includes('html') ? 'a web page' : (cause as Error).message;
    throw notSoap(what, context, cause);
  }
};

const notSoap = (detail: string, { address, port, operation, phase }: AnswerContext, cause?: unknown): AppError =>
  phase === 'contact'
    ? new AppError('not-a-management-server', { address, port, answer: detail }, cause)
    : new AppError('unexpected-answer', { address, operation, detail }, cause);
