import { describe, expect, it } from 'vitest';
import { changeDevices } from '../../../../../electron/hypervisors/vsphere/requests/fix-requests.ts';
import type { XmlNode } from '../../../../../electron/hypervisors/vsphere/xml/xml-node.ts';
import { scanXml } from '../../../../../electron/hypervisors/vsphere/xml/xml-scanner.ts';

const vm = { type: 'VirtualMachine', value: 'vm-12' };
/** One element a line, as a reader of the schema would compare it. */
const lines = (body: string): readonly string[] => body.replaceAll('><', '>\n<').split('\n');
const device = (xml: string): XmlNode => scanXml(xml, { maxLength: 10_000, maxDepth: 9 }).root as XmlNode;

const cdrom = device(
  '<device xsi:type="VirtualCdrom"><key>3000</key><deviceInfo xsi:type="Description"><label>CD/DVD drive 1</label><summary>ISO [iso-lib] a&amp;b.iso</summary></deviceInfo><backing xsi:type="VirtualCdromIsoBackingInfo"><fileName>[iso-lib] a&amp;b.iso</fileName><datastore type="Datastore">datastore-3</datastore></backing><connectable><migrateConnect>unset</migrateConnect><startConnected>true</startConnected><allowGuestControl>false</allowGuestControl><connected>false</connected><status>untried</status></connectable><controllerKey>15000</controllerKey><unitNumber>0</unitNumber></device>',
);
const floppy = device(
  '<device xsi:type="VirtualFloppy"><key>8000</key><backing xsi:type="VirtualFloppyImageBackingInfo"><fileName>[iso-lib] x.flp</fileName></backing><controllerKey>400</controllerKey><unitNumber>0</unitNumber></device>',
);
const usbXml =
  '<device xsi:type="VirtualUSB"><key>14000</key><backing xsi:type="VirtualUSBUSBBackingInfo"><deviceName>path:1/0/4 version:2</deviceName></backing><controllerKey>7000</controllerKey><connected>false</connected><vendor>2385</vendor><product>5734</product><family>storage</family></device>';

// The server refuses elements that are unknown or out of the order of its schema, and the simulator does not.
describe('changes of devices in the order of the schema', () => {
  it('empties a CD/DVD drive and leaves everything else of it as it is', () => {
    expect(lines(changeDevices(vm, '2026-01-31T09:45:00Z', [{ kind: 'empty-drive', device: cdrom }]).body)).toEqual([
      '<ReconfigVM_Task xmlns="urn:vim25">',
      '<_this type="VirtualMachine">vm-12</_this>',
      '<spec>',
      '<changeVersion>2026-01-31T09:45:00Z</changeVersion>',
      '<deviceChange>',
      '<operation>edit</operation>',
      '<device xsi:type="VirtualCdrom">',
      '<key>3000</key>',
      '<deviceInfo xsi:type="Description">',
      '<label>CD/DVD drive 1</label>',
      '<summary>ISO [iso-lib] a&amp;b.iso</summary>',
      '</deviceInfo>',
      '<backing xsi:type="VirtualCdromRemotePassthroughBackingInfo">',
      '<deviceName>',
      '</deviceName>',
      '<useAutoDetect>false</useAutoDetect>',
      '<exclusive>false</exclusive>',
      '</backing>',
      '<connectable>',
      '<startConnected>false</startConnected>',
      '<allowGuestControl>false</allowGuestControl>',
      '<connected>false</connected>',
      '</connectable>',
      '<controllerKey>15000</controllerKey>',
      '<unitNumber>0</unitNumber>',
      '</device>',
      '</deviceChange>',
      '</spec>',
      '</ReconfigVM_Task>',
    ]);
  });

  it('sets a floppy drive to no media, also one that says nothing of its connection', () => {
    expect(lines(changeDevices(vm, undefined, [{ kind: 'empty-drive', device: floppy }]).body).slice(2, -2)).toEqual([
      '<spec>',
      '<deviceChange>',
      '<operation>edit</operation>',
      '<device xsi:type="VirtualFloppy">',
      '<key>8000</key>',
      '<backing xsi:type="VirtualFloppyRemoteDeviceBackingInfo">',
      '<deviceName>',
      '</deviceName>',
      '<useAutoDetect>false</useAutoDetect>',
      '</backing>',
      '<connectable>',
      '<startConnected>false</startConnected>',
      '<allowGuestControl>true</allowGuestControl>',
      '<connected>false</connected>',
      '</connectable>',
      '<controllerKey>400</controllerKey>',
      '<unitNumber>0</unitNumber>',
      '</device>',
      '</deviceChange>',
    ]);
  });

  it('removes devices as they came, several in one request', () => {
    const { body, method } = changeDevices(vm, '', [
      { kind: 'remove', device: device(usbXml) },
      { kind: 'remove', device: device(usbXml.replace('14000', '14001')) },
    ]);
    expect(method).toBe('ReconfigVM_Task');
    expect(body).not.toContain('changeVersion');
    expect(body).toContain(
      `<spec><deviceChange><operation>remove</operation>${usbXml}</deviceChange><deviceChange><operation>remove</operation>${usbXml.replace('14000', '14001')}</deviceChange></spec>`,
    );
  });
});
