import { describe, expect, it } from 'vitest';
import {
  namespacesOf,
  outlineOf,
  ownAttributes,
  wayDown,
  type XmlOutline,
} from '../../../../../electron/hypervisors/vsphere/xml/xml-outline.ts';

const limits = { maxLength: 10_000, maxDepth: 16 };
const text =
  '<?xml version="1.0"?><!-- <a> --><p:a xmlns:p="urn:p" xmlns="urn:d"><b x = "1>2" xmlns:p=\'urn:q\' ><c/><c>t<![CDATA[</c>]]></c ></b><b/></p:a>';
const root = outlineOf(text, limits);

const written = ({ from, to }: { readonly from: number; readonly to: number } = { from: 0, to: 0 }): string =>
  text.slice(from, to);
const outline = ({ name, children }: XmlOutline): unknown => [name, ...children.map(outline)];

describe('the outline of a document', () => {
  it('has every element in its place', () => {
    expect(outline(root)).toEqual(['a', ['b', ['c'], ['c']], ['b']]);
  });

  it('tells where elements and their contents stand', () => {
    const [first, second] = root.children;
    expect(written(second)).toBe('<b/>');
    expect(second?.content).toBeNull();
    expect(written(first?.content ?? undefined)).toBe('<c/><c>t<![CDATA[</c>]]></c >');
    expect(first?.children.map(written)).toEqual(['<c/>', '<c>t<![CDATA[</c>]]></c >']);
    expect(written(first?.children[1]?.content ?? undefined)).toBe('t<![CDATA[</c>]]>');
  });

  it('finds the way down to an element, and none to one that is not there', () => {
    expect(wayDown(root, 'b', 'c')?.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    expect(wayDown(root, 'b', 'd')).toBeNull();
  });

  it('tells the namespaces an element stands in, and its other attributes', () => {
    const way = wayDown(root, 'b') ?? [];
    expect(namespacesOf(text, way)).toBe(' xmlns:p=\'urn:q\' xmlns="urn:d"');
    expect(ownAttributes(text, way[1] ?? root)).toBe(' x = "1>2"');
  });

  it('refuses what is no XML', () => {
    expect(() => outlineOf('<a><b></a>', limits)).toThrow(/not closed/);
  });
});
