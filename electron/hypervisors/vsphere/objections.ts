import type { PlatformObjection } from '../port.ts';
import { sentenceOf } from './fault-mapping.ts';
import { localizedFault } from './transport/soap-fault.ts';
import type { XmlValue } from './xml/xml-node.ts';
import { listAt } from './xml/xml-values.ts';

/** What a result has in its lists of errors and warnings. */
export const objectionsIn = (
  result: XmlValue | undefined,
  host: PlatformObjection['host'] = null,
): readonly PlatformObjection[] => {
  const objections = (severity: PlatformObjection['severity']): readonly PlatformObjection[] =>
    listAt(result, severity).map((each) => {
      const fault = localizedFault(each);
      return { severity, fault: fault.fault, message: sentenceOf(fault), host };
    });
  return [...objections('error'), ...objections('warning')];
};
