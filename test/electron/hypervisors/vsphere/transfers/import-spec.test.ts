import { describe, expect, it } from 'vitest';
import { importSpecOf, networkNamesIn } from '../../../../../electron/hypervisors/vsphere/transfers/import-spec.ts';
import { returning } from '../server-answers.ts';

const vm = { name: 'web & shop', instanceUuid: '5012-a' };

const answer = (config: string, spec = '', attributes = ' xsi:type="VirtualMachineImportSpec"'): string =>
  returning(
    'CreateImportSpec',
    `<returnval><importSpec${attributes}>${spec}<configSpec>${config}</configSpec><resPoolEntity type="ResourcePool">p</resPoolEntity></importSpec><fileItem><deviceId>d</deviceId></fileItem></returnval>`,
  );

const own = '<name>web &amp; shop</name>';
const uuid = '<instanceUuid>5012-a</instanceUuid>';

describe('the specification of an import', () => {
  it('is what the server wrote, to the letter, but for the name and the instance UUID', () => {
    const odd =
      "<annotation>a &lt; b\n <!-- kept --></annotation><vim:unknown xmlns:vim='x' a='>'>&#228;</vim:unknown>";
    const spec = importSpecOf(answer(`<name>old</name>${odd}`, '<entityConfig><tag/></entityConfig>'), vm);
    expect(spec).toContain(`<entityConfig><tag/></entityConfig><configSpec>${own}${uuid}${odd}</configSpec>`);
    expect(spec).toMatch(/<resPoolEntity type="ResourcePool">p<\/resPoolEntity><\/spec>$/);
    expect(spec).not.toContain('fileItem');
  });

  it('brings along the namespaces it stood in, the innermost of one name', () => {
    const spec = importSpecOf(answer('<name/>', '', ' xmlns:q="urn:inner" q:type="VirtualMachineImportSpec"'), vm);
    expect(spec).toMatch(/^<spec [^>]*xmlns:xsi="http:\/\/www\.w3\.org\/2001\/XMLSchema-instance"/);
    expect(spec).toMatch(/^<spec [^>]*xmlns="urn:vim25" xmlns:q="urn:inner" q:type="VirtualMachineImportSpec">/);
    const redeclared = importSpecOf(answer('<name/>', '', ' xmlns:xsi="urn:other" xsi:type="X"'), vm) ?? '';
    expect(redeclared.match(/xmlns:xsi=/g)).toHaveLength(1);
    expect(redeclared).toContain('xmlns:xsi="urn:other"');
  });

  it.each([
    ['', `${own}${uuid}`],
    [
      '<name>old</name><version>vmx-19</version><guestId>x</guestId>',
      `${own}<version>vmx-19</version>${uuid}<guestId>x</guestId>`,
    ],
    [
      '<changeVersion>7</changeVersion><uuid>564d</uuid><files/>',
      `<changeVersion>7</changeVersion>${own}<uuid>564d</uuid>${uuid}<files/>`,
    ],
    [
      '<name>o</name><createDate>d</createDate><uuid>564d</uuid><instanceUuid>old</instanceUuid><npivWorldWideNameType/>',
      `${own}<createDate>d</createDate><uuid>564d</uuid>${uuid}<npivWorldWideNameType/>`,
    ],
  ])('keeps to the order of the schema, given %s', (config, wanted) => {
    expect(importSpecOf(answer(config), vm)).toContain(`<configSpec>${wanted}</configSpec>`);
  });

  it('is none where the server made none, or one of something else than a VM', () => {
    expect(importSpecOf(returning('CreateImportSpec', '<returnval><error/></returnval>'), vm)).toBeNull();
    expect(
      importSpecOf(
        returning('CreateImportSpec', '<returnval><importSpec><vAppConfigSpec/></importSpec></returnval>'),
        vm,
      ),
    ).toBeNull();
  });
});

describe('the networks of a descriptor', () => {
  const envelope = (networks: string): string =>
    `<?xml version="1.0"?>\n<!-- made -->\n<Envelope xmlns:ovf="x"><NetworkSection><Info>i</Info>${networks}</NetworkSection></Envelope>`;

  it('are told by their names', () => {
    const networks = `<Network ovf:name="VM Network &amp; &#228;"><Description>d</Description></Network><Network id='7' ovf:name='a "b" > c'/>`;
    expect(networkNamesIn(envelope(networks))).toEqual(['VM Network & ä', 'a "b" > c']);
  });

  it('are none where there is no section, no name, or no XML', () => {
    expect(networkNamesIn('<Envelope/>')).toEqual([]);
    expect(networkNamesIn(envelope('<Network/>'))).toEqual([]);
    expect(networkNamesIn('not a descriptor')).toEqual([]);
  });
});
