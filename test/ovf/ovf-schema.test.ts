import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ovfProblems } from './ovf-schema.ts';

const everySection = readFileSync(new URL('./every-section.ovf', import.meta.url), 'utf8');

/** A rule, what stands where it is kept, what stands there where it is broken, and what has to be said of that. */
type Breach = readonly [rule: string, kept: string, broken: string, said: RegExp];

const firstDisk = /<Disk .*?\/>/s.exec(everySection)?.[0] ?? '';
const diskSection = /<DiskSection>.*?<\/DiskSection>/s.exec(everySection)?.[0] ?? '';
const references = /<References>.*?<\/References>/s.exec(everySection)?.[0] ?? '';
const system = /<System>.*?<\/System>/s.exec(everySection)?.[0] ?? '';
const collection = /<VirtualSystemCollection .*<\/VirtualSystemCollection>/s.exec(everySection)?.[0] ?? '';

const structure: readonly Breach[] = [
  [
    'References come first',
    `${references}\n  ${diskSection}`,
    `${diskSection}${references}`,
    /DiskSection.*not expected/,
  ],
  ['there is content', collection, '', /'Strings'.*not expected/],
  [
    'there is one content',
    collection,
    `${collection}<VirtualSystem ovf:id="b"><Info/></VirtualSystem>`,
    /'VirtualSystem'.*not expected/,
  ],
  ['Strings come last', '<DiskSection>', '<Strings xml:lang="fr"/><DiskSection>', /'Strings'.*not expected/],
  ['a section begins with Info', '<Info>Virtual disks</Info>', '', /Disk.*not expected.*Info/],
  [
    'Info is before the rest',
    `<Info>Virtual disks</Info>\n    ${firstDisk}`,
    `${firstDisk}<Info/>`,
    /'Disk'.*not expected.*Info/,
  ],
  ['Info is told once', '<Info>Virtual disks</Info>', '<Info>a</Info><Info>b</Info>', /Info.*not expected/],
  ['content begins with Info', '<Info>A virtual machine</Info>', '', /Name.*not expected.*Info/],
  [
    'a name is before the sections',
    '<Name>web</Name>',
    '<AnnotationSection><Info/><Annotation/></AnnotationSection><Name>web</Name>',
    /Name.*not expected/,
  ],
  [
    'sections are known',
    '<EulaSection>',
    '<NoteSection><Info/></NoteSection><EulaSection>',
    /NoteSection.*not expected/,
  ],
  ['Section itself is no section', '<EulaSection>', '<Section><Info/></Section><EulaSection>', /Section.*abstract/],
  ['System is before the items', system, `<Item/>${system}`, /'System'.*not expected/],
  [
    'extensions come after the items',
    '<Item ovf:required="false">',
    '<vmw:Config/><Item ovf:required="false">',
    /Item.*not expected/,
  ],
  ['elements of OVF are known', firstDisk, `<Diskette/>${firstDisk}`, /Diskette.*not expected/],
  ['attributes of OVF are known', 'ovf:populatedSize', 'ovf:populatdSize', /populatdSize.*not allowed/],
  [
    'attributes are in the namespace',
    'ovf:href="icon.png"',
    'href="icon.png"',
    /attribute 'href'.*(not allowed|is required)/,
  ],
];

const values: readonly Breach[] = [
  ['a file has an id', ' ovf:id="file2"', '', /File.*attribute 'id' is required/],
  ['a file has a place', ' ovf:href="icon.png"', '', /File.*attribute 'href' is required/],
  ['a place is not empty', 'ovf:href="icon.png"', 'ovf:href=""', /attribute 'href'.*minLength/],
  ['a size is a number', 'ovf:size="68096"', 'ovf:size="68 kB"', /size.*not a valid value/],
  ['a size is not negative', 'ovf:size="68096"', 'ovf:size="-1"', /size.*not a valid value/],
  ['a disk has an id', ' ovf:diskId="vmdisk2"', '', /Disk.*attribute 'diskId' is required/],
  ['a disk has a capacity', ' ovf:capacity="16"', '', /Disk.*attribute 'capacity' is required/],
  ['a capacity is a number or a property', 'ovf:capacity="16"', 'ovf:capacity="16 GB"', /capacity.*pattern/],
  [
    'units are of bytes',
    'ovf:capacityAllocationUnits="byte * 2^30"',
    'ovf:capacityAllocationUnits="GB"',
    /capacityAllocationUnits.*pattern/,
  ],
  [
    'a network has a name',
    '<Network ovf:name="業務 &lt;A&amp;B&gt;"',
    '<Network',
    /Network.*attribute 'name' is required/,
  ],
  [
    'a virtual system has an id',
    '<VirtualSystem ovf:id="web">',
    '<VirtualSystem>',
    /VirtualSystem.*attribute 'id' is required/,
  ],
  ['an operating system has an id', ' ovf:id="94"', '', /OperatingSystemSection.*attribute 'id' is required/],
  ['which is a number', 'ovf:id="94"', 'ovf:id="ubuntu64Guest"', /id.*not a valid value/],
  ['required is yes or no', 'ovf:required="false"', 'ovf:required="no"', /required.*not a valid value/],
  ['a bound is one of three', 'ovf:bound="max"', 'ovf:bound="most"', /bound.*enumeration/],
  ['an order is a number', 'ovf:order="1"', 'ovf:order="first"', /order.*not a valid value/],
  ['an icon is a file', '<Icon ovf:fileRef="file2"', '<Icon', /Icon.*attribute 'fileRef' is required/],
  ['a property has a type', ' ovf:type="uint16"', '', /Property.*attribute 'type' is required/],
  ['a configuration has a label', '<Label>Large</Label>', '', /Description.*not expected/],
  ['a message has an id', '<Msg ovf:msgid="network">', '<Msg>', /Msg.*attribute 'msgid' is required/],
];

const hardware: readonly Breach[] = [
  [
    'settings are in the order of their names',
    '<rasd:Parent>3</rasd:Parent>\n          <rasd:ResourceType>17</rasd:ResourceType>',
    '<rasd:ResourceType>17</rasd:ResourceType><rasd:Parent>3</rasd:Parent>',
    /Parent.*not expected/,
  ],
  ['settings are known', '<rasd:Address>0</rasd:Address>', '<rasd:Addres>0</rasd:Addres>', /Addres.*not expected/],
  [
    'settings are in their namespace',
    '<rasd:Address>0</rasd:Address>',
    '<Address>0</Address>',
    /'Address'.*not expected/,
  ],
  [
    'an item has a name',
    '<rasd:ElementName>Hard disk 1</rasd:ElementName>',
    '',
    /HostResource.*not expected.*ElementName/,
  ],
  ['an item has an InstanceID', '<rasd:InstanceID>4</rasd:InstanceID>', '', /Parent.*not expected.*InstanceID/],
  [
    'a quantity is a number',
    '<rasd:VirtualQuantity>2<',
    '<rasd:VirtualQuantity>two<',
    /VirtualQuantity.*not a valid value/,
  ],
  [
    'a quantity is whole',
    '<rasd:VirtualQuantity>2<',
    '<rasd:VirtualQuantity>2.5<',
    /VirtualQuantity.*not a valid value/,
  ],
  ['a kind is a number', '<rasd:ResourceType>17<', '<rasd:ResourceType>disk<', /ResourceType.*not a valid value/],
  [
    'allocation is true or false',
    '<rasd:AutomaticAllocation>true<',
    '<rasd:AutomaticAllocation>yes<',
    /AutomaticAllocation.*not a valid value/,
  ],
  [
    'extensions of an item come last',
    '<rasd:ResourceType>17<',
    '<vmw:Config/><rasd:ResourceType>17<',
    /'ResourceType'.*not expected/,
  ],
  [
    'a system has a name',
    '<vssd:ElementName>Virtual Hardware Family</vssd:ElementName>',
    '',
    /InstanceID.*not expected/,
  ],
  [
    'its settings are in order too',
    '<vssd:InstanceID>0</vssd:InstanceID>',
    '<vssd:VirtualSystemType>x</vssd:VirtualSystemType><vssd:InstanceID>0</vssd:InstanceID>',
    /'VirtualSystemType'.*not expected/,
  ],
];

const links: readonly Breach[] = [
  ['ids of files are unique', 'ovf:id="file2"', 'ovf:id="file1"', /File.*Duplicate.*fileId/],
  ['ids of disks are unique', 'ovf:diskId="vmdisk2"', 'ovf:diskId="vmdisk1"', /Disk.*Duplicate.*diskId/],
  [
    'names of networks are unique',
    '<Network ',
    '<Network ovf:name="業務 &lt;A&amp;B&gt;"/><Network ',
    /Network.*Duplicate.*networkName/,
  ],
  [
    'ids of content are unique',
    '<VirtualSystem ovf:id="web">',
    '<VirtualSystem ovf:id="shop">',
    /Duplicate.*contentId/,
  ],
  ['ids of configurations are unique', 'ovf:id="large"', 'ovf:id="small"', /Duplicate.*configurationId/],
  ['the file of a disk is there', 'ovf:fileRef="file1"', 'ovf:fileRef="file9"', /Disk.*No match.*fileOfDisk/],
  ['the file of an icon is there', 'ovf:fileRef="file2"', 'ovf:fileRef="file9"', /Icon.*No match.*fileOfIcon/],
  ['the file of strings is there', 'ovf:fileRef="file3"', 'ovf:fileRef="file9"', /Strings.*No match.*fileOfStrings/],
  [
    'the parent of a disk is there',
    'ovf:parentRef="vmdisk1"',
    'ovf:parentRef="vmdisk9"',
    /Disk.*No match.*parentOfDisk/,
  ],
  [
    'the network of an adapter is there',
    '<rasd:Connection>業務',
    '<rasd:Connection>別',
    /Connection.*No match.*networkOfItem/,
  ],
  ['the disk of an item is there', 'ovf:/disk/vmdisk1', 'ovf:/disk/vmdisk9', /ovf:\/disk\/vmdisk9 is nothing/],
  ['the disk of an item is no file', 'ovf:/disk/vmdisk1', 'ovf:/file/vmdisk1', /ovf:\/file\/vmdisk1 is nothing/],
  ['the file of a setting is there', 'ovf:/file/nvram', 'ovf:/file/firmware', /ovf:\/file\/firmware is nothing/],
  ['an InstanceID is unique', '<rasd:InstanceID>5<', '<rasd:InstanceID>4<', /two items have the InstanceID 4/],
  ['the parent of an item is there', '<rasd:Parent>3<', '<rasd:Parent>9<', /no item has the InstanceID 9/],
];

describe('the schema of OVF descriptors', () => {
  it('takes every section and every kind of extension', () => {
    expect(ovfProblems(everySection)).toEqual([]);
  });

  it.each([
    ['it is no XML', 'nothing', /not well-formed/],
    ['it was cut off', everySection.slice(0, -20), /not well-formed/],
    ['it is something else', '<Package/>', /Package.*No matching global declaration/],
    ['it is OVF 2', everySection.replaceAll('envelope/1"', 'envelope/2"'), /Envelope.*No matching global declaration/],
  ])('refuses what is no descriptor: %s', (_, text, said) => {
    expect(ovfProblems(text).join('\n')).toMatch(said);
  });

  it.each([...structure, ...values, ...hardware, ...links])('refuses it unless %s', (_, kept, broken, said) => {
    const parts = everySection.split(kept);
    expect(parts.length, 'the sample has it').toBeGreaterThan(1);
    const [before, ...after] = parts;
    expect(ovfProblems(`${before}${broken}${after.join(kept)}`).join('\n')).toMatch(said);
  });

  it('lets an InstanceID be told again for another configuration', () => {
    const plain = everySection.replace('<Item ovf:configuration="large">', '<Item>');
    expect(ovfProblems(plain)).toEqual(['two items have the InstanceID 1']);
  });
});
