import { describe, expect, it } from 'vitest';
import {
  cancelTask,
  checkRelocate,
  findAllByInstanceUuid,
  moveIntoResourcePool,
  relocateVm,
} from '../../../../../electron/hypervisors/vsphere/requests/move-requests.ts';
import {
  continueRetrievePropertiesEx,
  createContainerView,
  createFilter,
  retrievePropertiesEx,
  waitForUpdatesEx,
} from '../../../../../electron/hypervisors/vsphere/requests/property-requests.ts';
import {
  currentTime,
  login,
  logout,
  retrieveServiceContent,
} from '../../../../../electron/hypervisors/vsphere/requests/session-requests.ts';
import { envelope, escapeXml } from '../../../../../electron/hypervisors/vsphere/requests/xml-writer.ts';
import type { XmlNode } from '../../../../../electron/hypervisors/vsphere/xml/xml-node.ts';
import { scanXml } from '../../../../../electron/hypervisors/vsphere/xml/xml-scanner.ts';

const ref = (type: string, value: string): { type: string; value: string } => ({ type, value });
const vm = ref('VirtualMachine', 'vm-12');
const collector = ref('PropertyCollector', 'propertyCollector');
/** One element a line, as a reader of the schema would compare it. */
const lines = (body: string): readonly string[] => body.replaceAll('><', '>\n<').split('\n');

// The server refuses elements that are unknown or out of the order of its schema, and the simulator does not. So the
// requests are compared as a whole with what the schema demands.
describe('requests in the order of the schema', () => {
  it('wraps a call', () => {
    expect(lines(envelope(retrieveServiceContent()).split('\n')[1] ?? '')).toEqual([
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">',
      '<soapenv:Body>',
      '<RetrieveServiceContent xmlns="urn:vim25">',
      '<_this type="ServiceInstance">ServiceInstance</_this>',
      '</RetrieveServiceContent>',
      '</soapenv:Body>',
      '</soapenv:Envelope>',
    ]);
  });

  it('logs in and out, and asks for the time', () => {
    const manager = ref('SessionManager', 'SessionManager');
    expect(lines(login(manager, { userName: 'a<b', password: `p&"'<>` }).body)).toEqual([
      '<Login xmlns="urn:vim25">',
      '<_this type="SessionManager">SessionManager</_this>',
      '<userName>a&lt;b</userName>',
      '<password>p&amp;&quot;&apos;&lt;&gt;</password>',
      '<locale>en_US</locale>',
      '</Login>',
    ]);
    expect(logout(manager).body).toBe(
      '<Logout xmlns="urn:vim25"><_this type="SessionManager">SessionManager</_this></Logout>',
    );
    expect(currentTime().method).toBe('CurrentTime');
  });

  it('reads properties', () => {
    const request = retrievePropertiesEx(
      collector,
      {
        properties: [{ type: 'HostSystem', paths: ['name', 'parent'] }],
        objects: [
          {
            object: ref('ContainerView', 'session[1]"2"'),
            skip: true,
            traversals: [{ type: 'ContainerView', path: 'view', onward: [{ type: 'HostSystem', path: 'parent' }] }],
          },
        ],
        ignoreMissing: true,
      },
      500,
    );
    expect(lines(request.body)).toEqual([
      '<RetrievePropertiesEx xmlns="urn:vim25">',
      '<_this type="PropertyCollector">propertyCollector</_this>',
      '<specSet>',
      '<propSet>',
      '<type>HostSystem</type>',
      '<all>false</all>',
      '<pathSet>name</pathSet>',
      '<pathSet>parent</pathSet>',
      '</propSet>',
      '<objectSet>',
      '<obj type="ContainerView">session[1]&quot;2&quot;</obj>',
      '<skip>true</skip>',
      '<selectSet xsi:type="TraversalSpec">',
      '<type>ContainerView</type>',
      '<path>view</path>',
      '<skip>false</skip>',
      '<selectSet xsi:type="TraversalSpec">',
      '<type>HostSystem</type>',
      '<path>parent</path>',
      '<skip>false</skip>',
      '</selectSet>',
      '</selectSet>',
      '</objectSet>',
      '<reportMissingObjectsInResults>true</reportMissingObjectsInResults>',
      '</specSet>',
      '<options>',
      '<maxObjects>500</maxObjects>',
      '</options>',
      '</RetrievePropertiesEx>',
    ]);
    expect(continueRetrievePropertiesEx(collector, 't&1').body).toContain('<token>t&amp;1</token>');
  });

  it('watches for changes', () => {
    const view = createContainerView(ref('ViewManager', 'v'), ref('Folder', 'group-d1'), ['Folder', 'HostSystem']);
    expect(lines(view.body).slice(2, -1)).toEqual([
      '<container type="Folder">group-d1</container>',
      '<type>Folder</type>',
      '<type>HostSystem</type>',
      '<recursive>true</recursive>',
    ]);
    const filter = createFilter(collector, { properties: [], objects: [] });
    expect(filter.body).toContain('<spec></spec><partialUpdates>false</partialUpdates>');
    expect(
      lines(waitForUpdatesEx(collector, '7', { maxWaitSeconds: 240, maxObjectUpdates: 250 }).body).slice(2, -1),
    ).toEqual([
      '<version>7</version>',
      '<options>',
      '<maxWaitSeconds>240</maxWaitSeconds>',
      '<maxObjectUpdates>250</maxObjectUpdates>',
      '</options>',
    ]);
  });

  it('relocates a VM', () => {
    const spec = {
      datastore: ref('Datastore', 'datastore-1'),
      pool: ref('ResourcePool', 'resgroup-2'),
      host: ref('HostSystem', 'host-3'),
      adapters: [],
    };
    expect(lines(relocateVm(vm, spec).body)).toEqual([
      '<RelocateVM_Task xmlns="urn:vim25">',
      '<_this type="VirtualMachine">vm-12</_this>',
      '<spec>',
      '<datastore type="Datastore">datastore-1</datastore>',
      '<pool type="ResourcePool">resgroup-2</pool>',
      '<host type="HostSystem">host-3</host>',
      '</spec>',
      '<priority>defaultPriority</priority>',
      '</RelocateVM_Task>',
    ]);
    const stay = relocateVm(vm, { datastore: null, pool: null, host: null, adapters: [] });
    expect(stay.body).toContain('<spec></spec>');
    const check = checkRelocate(ref('VirtualMachineProvisioningChecker', 'checker'), vm, spec);
    expect(lines(check.body).slice(1, 4)).toEqual([
      '<_this type="VirtualMachineProvisioningChecker">checker</_this>',
      '<vm type="VirtualMachine">vm-12</vm>',
      '<spec>',
    ]);
  });

  it('sends a network adapter back as it came, with another backing', () => {
    const told =
      '<device xsi:type="VirtualVmxnet3"><key>4000</key><deviceInfo xsi:type="Description"><label>Network adapter 1</label><summary>a &amp; b</summary></deviceInfo><backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>old</deviceName><network type="Network">network-7</network></backing><connectable><startConnected>true</startConnected></connectable><addressType>assigned</addressType><macAddress>00:50:56:aa:bb:cc</macAddress></device>';
    const device = scanXml(told, { maxLength: 10_000, maxDepth: 9 }).root as XmlNode;
    const edited = (attachTo: Parameters<typeof relocateVm>[1]['adapters'][number]['attachTo']): string =>
      relocateVm(vm, { datastore: null, pool: null, host: null, adapters: [{ device, attachTo }] }).body;
    const toldWith = (backing: string): string => told.replace(/<backing.*<\/backing>/, backing);

    expect(edited({ kind: 'distributed', switchUuid: '50 1c', portGroupKey: 'dvportgroup-9' })).toContain(
      `<deviceChange><operation>edit</operation>${toldWith(
        '<backing xsi:type="VirtualEthernetCardDistributedVirtualPortBackingInfo"><port><switchUuid>50 1c</switchUuid><portgroupKey>dvportgroup-9</portgroupKey></port></backing>',
      )}</deviceChange>`,
    );
    expect(edited({ kind: 'standard', network: ref('Network', 'network-8'), name: 'VM Network' })).toContain(
      toldWith(
        '<backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>VM Network</deviceName><network type="Network">network-8</network></backing>',
      ),
    );
    expect(edited({ kind: 'opaque', networkId: 'nsx-1', networkType: 'nsx.LogicalSwitch' })).toContain(
      toldWith(
        '<backing xsi:type="VirtualEthernetCardOpaqueNetworkBackingInfo"><opaqueNetworkId>nsx-1</opaqueNetworkId><opaqueNetworkType>nsx.LogicalSwitch</opaqueNetworkType></backing>',
      ),
    );
  });

  it('changes a pool, cancels a task, and finds a VM by its instance UUID', () => {
    expect(lines(moveIntoResourcePool(ref('VirtualApp', 'resgroup-v5'), vm).body)).toEqual([
      '<MoveIntoResourcePool xmlns="urn:vim25">',
      '<_this type="VirtualApp">resgroup-v5</_this>',
      '<list type="VirtualMachine">vm-12</list>',
      '</MoveIntoResourcePool>',
    ]);
    expect(cancelTask(ref('Task', 'task-1')).body).toContain('<_this type="Task">task-1</_this>');
    expect(lines(findAllByInstanceUuid(ref('SearchIndex', 's'), '50-1').body).slice(2, -1)).toEqual([
      '<uuid>50-1</uuid>',
      '<vmSearch>true</vmSearch>',
      '<instanceUuid>true</instanceUuid>',
    ]);
  });

  it('leaves out what XML cannot carry and keeps what it would change', () => {
    expect(escapeXml('a\u0000b\u001fc\uffffd\re\tf\ng')).toBe('abcd&#13;e\tf\ng');
  });
});
