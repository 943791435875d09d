import { siteId } from '../../../shared/domain/ids.ts';
import { aSiteStatus, createFakeBridge } from '../fake-bridge.ts';
import { aGeneratedHyperVSite, aGeneratedSite } from '../generated-inventory.ts';

/*
 * The real renderer over a made inventory, for looking at it and for measuring it without a main process:
 * ?vms=50000&theme=dark&lang=ja&sites=none
 */
const query = new URLSearchParams(location.search);
const vmCount = Number(query.get('vms') ?? 1_280);
const inventories = [aGeneratedSite(vmCount, siteId('site-tokyo')), aGeneratedHyperVSite(siteId('site-osaka'))];
const minute = 60_000;

const bridge = createFakeBridge({
  inventories,
  statuses:
    query.get('sites') === 'none'
      ? []
      : [
          aSiteStatus({ id: siteId('site-tokyo'), name: 'vc-tokyo' }),
          {
            ...aSiteStatus(
              { id: siteId('site-osaka'), name: 'vmm-osaka', kind: 'scvmm' },
              { kind: 'offline' },
              Date.now() - 26 * minute,
            ),
            about: { product: 'System Center Virtual Machine Manager', version: '2022', instanceId: 'instance-2' },
          },
        ],
  preferences: {
    language: query.get('lang') === 'ja' ? 'ja' : 'en',
    theme: query.get('theme') === 'dark' ? 'dark' : 'light',
  },
});
Object.assign(window, { vmConsole: bridge, fakeBridge: bridge, fakeInventory: inventories[0] });
await import('../../../renderer/main.tsx');
