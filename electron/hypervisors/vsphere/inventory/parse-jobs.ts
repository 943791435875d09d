import type { InventoryBatch } from '../../port.ts';
import { maxDepth } from '../transport/soap-answer.ts';
import { unpackText } from '../transport/unpack.ts';
import type { XmlValue } from '../xml/xml-node.ts';
import { scanXml } from '../xml/xml-scanner.ts';
import { asList, listAt } from '../xml/xml-values.ts';
import { createInventoryFeed, type InventoryFeed } from './inventory-feed.ts';
import { createInventoryModel } from './inventory-model.ts';
import { countByType, type ObjectUpdate, readRetrieved, readUpdateSet, returnvalOf } from './object-updates.ts';
import type { PackedAnswer, ParseJob, ParseResults } from './parse-protocol.ts';

/** UTF-16 units of one answer. A page of 100 VMs is about one million. */
const maxLength = 512 * 1024 * 1024;

/**
 * Does the jobs of the parsing thread. Here and not in the thread itself, so that it can be tested without one.
 * What belongs into the inventory is told batch by batch, in the course of a job.
 */
export const createParseJobs = (): ((
  job: ParseJob,
  tell: (batch: InventoryBatch) => void,
) => ParseResults[ParseJob['kind']]) => {
  let feed: InventoryFeed | null = null;
  const readings = new Map<number, readonly ObjectUpdate[]>();

  const inventory = (): InventoryFeed => {
    if (feed === null) throw new Error('no inventory was begun');
    return feed;
  };

  return (job, tell) => {
    switch (job.kind) {
      case 'begin':
        feed = createInventoryFeed(job.context);
        return null;
      case 'news': {
        const set = readUpdateSet(returnval(textOf(job.answer), job.answer.method));
        for (const batch of inventory().news(set)) tell(batch);
        return { version: set.version };
      }
      case 'figures': {
        const { token, updates } = readRetrieved(returnval(textOf(job.answer), job.answer.method), 'modify');
        for (const batch of inventory().figures(updates)) tell(batch);
        return { token };
      }
      case 'objects': {
        const { token, updates } = readRetrieved(returnval(textOf(job.answer), job.answer.method), 'enter');
        const pages = [...(readings.get(job.reading) ?? []), ...updates];
        readings.set(job.reading, pages);
        if (token !== null) return { token, entities: [] };
        readings.delete(job.reading);
        const model = createInventoryModel(job.context);
        const wanted = new Set(job.wanted);
        const entities = [...model.apply(pages).upserts, ...model.settle()];
        return { token, entities: entities.filter((entity) => wanted.has(entity.id)) };
      }
      case 'forget':
        readings.delete(job.reading);
        return null;
      case 'count': {
        const objects = listAt(returnval(textOf(job.answer), job.answer.method), 'objects');
        const references = objects.flatMap((object) =>
          listAt(object, 'propSet').flatMap((each) => listAt(each, 'val')),
        );
        const counts = countByType(asList(references));
        const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
        // What is around a standalone host is not shown.
        return all - (counts.get('ComputeResource') ?? 0);
      }
      default:
        return job satisfies never;
    }
  };
};

const textOf = ({ body, contentEncoding }: PackedAnswer): string => unpackText(body, contentEncoding, maxLength);

const returnval = (text: string, method: string): XmlValue | undefined => {
  const { rootName, root } = scanXml(text, { maxLength, maxDepth });
  if (rootName !== 'Envelope') throw new Error(`<${rootName.slice(0, 40)}> instead of an envelope`);
  return returnvalOf(root, method);
};
