import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { describeWithVcsim, startVcsim, type Vcsim } from '../support/vcsim.ts';
import { reference, type SoapClient, soapClient, textOf } from '../support/vcsim-soap.ts';

describeWithVcsim('exports and imports of the vCenter simulator', () => {
  let vcsim: Vcsim;
  let client: SoapClient;
  let folder: string;

  beforeAll(async () => {
    vcsim = await startVcsim({ vms: 40 });
    client = soapClient(vcsim);
    await client.login();
    folder = mkdtempSync(join(tmpdir(), 'vcsim-transfers-'));
  });

  afterEach(() => vcsim.control('/transfers', {}));
  afterAll(async () => {
    await vcsim?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const exportLease = async (vm: string): Promise<string> => {
    const reply = await client.call(await client.find('VirtualMachine', vm), 'ExportVm');
    expect(reply.fault).toBeNull();
    const lease = `HttpNfcLease:${textOf(reply.text, 'returnval')}`;
    await expect.poll(async () => (await client.properties(lease, 'state')).get('state')).toBe('ready');
    return lease;
  };

  const urlOf = async (lease: string, target: string): Promise<string> => {
    const info = (await client.properties(lease, 'info')).get('info') ?? '';
    const url = [...info.matchAll(/<url>([^<]+)<\/url>/gu)].find((match) => match[1]?.endsWith(target))?.[1];
    if (url === undefined) throw new Error(`no URL of ${target} in ${info}`);
    return url;
  };

  const transfer = (method: 'GET' | 'POST', url: string, body?: Buffer): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const outgoing = request(url, { method, rejectUnauthorized: false, agent: false });
      outgoing.on('error', reject);
      outgoing.on('response', (response) => {
        const portions: Buffer[] = [];
        response.on('data', (portion: Buffer) => portions.push(portion));
        response.on('error', reject);
        response.on('end', () => resolve(Buffer.concat(portions)));
      });
      outgoing.end(body);
    });

  test('go round by govc: what is imported again is the same', async () => {
    await vcsim.control('/transfers', { diskBytes: 300_000 });
    await vcsim.govc('export.ovf', '-vm', 'vm-0002', '-sha', '256', folder);
    const disk = readFileSync(join(folder, 'vm-0002', 'vm-0002-disk-0.vmdk'));
    expect(disk).toHaveLength(300_000);
    expect(readFileSync(join(folder, 'vm-0002', 'vm-0002.mf'), 'utf8')).toContain(
      createHash('sha256').update(disk).digest('hex'),
    );

    await vcsim.govc(
      'import.ovf',
      '-name',
      'back',
      '-pool',
      'production-2-a',
      '-ds',
      'datastore-1',
      '-net',
      'dvpg-vlan-201',
      join(folder, 'vm-0002', 'vm-0002.ovf'),
    );
    expect(await vcsim.state('back')).toMatchObject({
      pool: 'production-2-a',
      compute: 'cluster-2',
      power: 'poweredOff',
    });
    const hardware = async (vm: string) =>
      client.properties(await client.find('VirtualMachine', vm), 'config.hardware.numCPU', 'config.hardware.memoryMB');
    expect(await hardware('back')).toEqual(await hardware('vm-0002'));
    const lease = await exportLease('back');
    expect(await transfer('GET', await urlOf(lease, 'disk-0.vmdk'))).toEqual(disk);
    await client.call(lease, 'HttpNfcLeaseAbort');
    await vcsim.govc('vm.power', '-on', 'back');
  });

  test('lock the machine and list what was sent', async () => {
    const machine = await client.find('VirtualMachine', 'vm-0004');
    const lease = await exportLease('vm-0004');
    for (const method of ['PowerOnVM_Task', 'Destroy_Task', 'ExportVm']) {
      expect((await client.call(machine, method)).fault).toBe('TaskInProgress');
    }
    const url = await urlOf(lease, 'disk-0.vmdk');
    const bytes = await transfer('GET', url);
    expect(await transfer('GET', url)).toEqual(bytes);
    expect((await client.call(lease, 'HttpNfcLeaseProgress', '<percent>50</percent>')).fault).toBeNull();
    const manifest = await client.call(lease, 'HttpNfcLeaseGetManifest');
    expect(textOf(manifest.text, 'sha1')).toBe(createHash('sha1').update(bytes).digest('hex'));
    expect(textOf(manifest.text, 'size')).toBe(String(bytes.length));
    expect((await client.call(lease, 'HttpNfcLeaseComplete')).fault).toBeNull();
    expect((await client.call(machine, 'PowerOnVM_Task')).fault).toBeNull();
    await expect.poll(() => vcsim.state('vm-0004')).toMatchObject({ power: 'poweredOn' });
    expect((await client.call(machine, 'ExportVm')).fault).toBe('InvalidPowerState');
  });

  test('break in the middle when asked to', async () => {
    const lease = await exportLease('vm-0006');
    await vcsim.control('/transfers', { breakAfterBytes: 1000 });
    const url = await urlOf(lease, 'disk-0.vmdk');
    await expect(transfer('GET', url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await transfer('GET', url)).toHaveLength(65_536);
    await client.call(lease, 'HttpNfcLeaseAbort');
    await expect(transfer('GET', url)).resolves.toHaveLength('404 page not found\n'.length);
  });

  test('time out without a sign of progress', async () => {
    await vcsim.control('/transfers', { leaseTimeoutSeconds: 1 });
    const machine = await client.find('VirtualMachine', 'vm-0008');
    const lease = await exportLease('vm-0008');
    await expect
      .poll(async () => (await client.properties(lease, 'state')).get('state'), { timeout: 20_000 })
      .toBe('error');
    expect((await client.properties(lease, 'error')).get('error')).toContain('Timedout');
    expect((await client.call(lease, 'HttpNfcLeaseProgress', '<percent>50</percent>')).fault).toBe('Timedout');
    expect((await client.call(machine, 'PowerOnVM_Task')).fault).toBeNull();
  });

  const beginImport = async (name: string, pool: string, folderXml: string): Promise<string> => {
    const machine = await client.find('VirtualMachine', 'vm-0010');
    const described = await client.call(
      'OvfManager:OvfManager',
      'CreateDescriptor',
      `${reference('obj', machine)}<cdp><includeImageFiles>false</includeImageFiles></cdp>`,
    );
    const spec = await client.call(
      'OvfManager:OvfManager',
      'CreateImportSpec',
      `<ovfDescriptor>${textOf(described.text, 'ovfDescriptor')}</ovfDescriptor>${reference('resourcePool', pool)}${reference(
        'datastore',
        await client.find('Datastore', 'datastore-1'),
      )}<cisp><locale></locale><deploymentOption></deploymentOption><entityName>${name}</entityName></cisp>`,
    );
    expect(spec.fault).toBeNull();
    // Back verbatim, with the namespaces its own element declares.
    const given = /<importSpec( [^>]*>[\s\S]*)<\/importSpec>/u.exec(spec.text)?.[1] ?? '';
    const reply = await client.call(pool, 'ImportVApp', `<spec${given}</spec>${folderXml}`);
    expect(reply.fault).toBeNull();
    const lease = `HttpNfcLease:${textOf(reply.text, 'returnval')}`;
    await expect.poll(async () => (await client.properties(lease, 'state')).get('state')).toBe('ready');
    return lease;
  };

  test('into a vApp: the machine is part of it, keeps the bytes, and goes when the import is aborted', async () => {
    const vapp = await client.find('VirtualApp', 'vapp-1-1');
    const kept = await beginImport('kept', vapp, '');
    expect(await vcsim.state('kept')).toMatchObject({ vApp: 'vapp-1-1', pool: 'vapp-1-1' });
    const bytes = Buffer.from('bytes of a disk');
    await transfer('POST', await urlOf(kept, 'disk-0.vmdk'), bytes);
    expect((await client.call(kept, 'HttpNfcLeaseComplete')).fault).toBeNull();
    const lease = await exportLease('kept');
    expect(await transfer('GET', await urlOf(lease, 'disk-0.vmdk'))).toEqual(bytes);

    const aborted = await beginImport('aborted', vapp, '');
    expect((await client.call(aborted, 'HttpNfcLeaseAbort')).fault).toBeNull();
    await expect(vcsim.state('aborted')).rejects.toThrow('there is no machine aborted');
  });

  test('throw away what they get, and count it all the same, when asked to', async () => {
    const vapp = await client.find('VirtualApp', 'vapp-1-1');
    await vcsim.control('/transfers', { discardUploads: true });
    const lease = await beginImport('discarded', vapp, '');
    const bytes = Buffer.from('bytes of a disk');
    await transfer('POST', await urlOf(lease, 'disk-0.vmdk'), bytes);
    const manifest = (await client.call(lease, 'HttpNfcLeaseGetManifest')).text;
    expect(manifest).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect(manifest).toContain(`<size>${bytes.length}</size>`);
    expect((await client.call(lease, 'HttpNfcLeaseComplete')).fault).toBeNull();
    const again = await exportLease('discarded');
    expect(await transfer('GET', await urlOf(again, 'disk-0.vmdk'))).toHaveLength(65_536);
  });

  test('need a folder outside of a vApp, and a free name', async () => {
    const pool = await client.find('ResourcePool', 'production-1-a');
    const spec = (name: string) =>
      `<spec xsi:type="VirtualMachineImportSpec"><configSpec><name>${name}</name></configSpec></spec>`;
    const into = reference('folder', 'Folder:group-2');
    expect((await client.call(pool, 'ImportVApp', spec('any'))).fault).toBe('NotSupported');
    expect((await client.call(pool, 'ImportVApp', spec('vm-0010') + into)).fault).toBe('DuplicateName');
  });

  test.each([
    ['scenario-usb', 'error', 'OvfUnsupportedDeviceExport'],
    ['scenario-rdm', 'error', 'OvfUnableToExportDisk'],
    ['scenario-iso', 'warning', 'OvfConnectedDeviceIso'],
    ['scenario-floppy', 'warning', 'OvfConnectedDeviceFloppy'],
  ])('describe %s with the %s %s', async (vm, kind, fault) => {
    const describe = async (name: string) =>
      (
        await client.call(
          'OvfManager:OvfManager',
          'CreateDescriptor',
          `${reference('obj', await client.find('VirtualMachine', name))}<cdp><includeImageFiles>false</includeImageFiles></cdp>`,
        )
      ).text;
    expect(await describe(vm)).toMatch(new RegExp(`<${kind}>[\\s\\S]*${fault}`, 'u'));
    expect(await describe('vm-0010')).not.toContain(`<${kind}>`);
  });

  test('with a datastore or a network that is not there are refused, and the simulator lives', async () => {
    const pool = await client.find('ResourcePool', 'production-1-a');
    const config = '<config><name>x</name><files><vmPathName>[nowhere]</vmPathName></files></config>';
    const reply = await client.call('Folder:group-2', 'CreateVM_Task', config + reference('pool', pool));
    expect(reply.fault).toBe('InvalidDatastorePath');
    expect((await client.call('ServiceInstance:ServiceInstance', 'CurrentTime')).fault).toBeNull();
  });
});
