import { describe, expect, it } from 'vitest';
import { siteId } from '../../../shared/domain/ids.ts';
import { aSite } from '../../support/inventory-builders.ts';
import { openTestStorage } from '../../support/open-test-storage.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

describe('sites and preferences', () => {
  it('are still there after a restart, and after the inventory cache was deleted', () => {
    const directory = temporaryDirectory();
    const pinned = aSite({ pinnedCertificate: 'AA:BB' });
    const first = openTestStorage(directory);
    first.settings.saveSite(aSite());
    first.settings.saveSite(pinned);
    first.settings.saveSite(aSite({ id: siteId('lab'), name: 'Lab', kind: 'lab-vmware', address: '' }));
    first.settings.setPreference('language', 'ja');
    first.settings.setPreference('language', 'en');
    first.close();

    const { settings } = openTestStorage(directory);
    expect(settings.sites().map((site) => site.name)).toEqual(['Lab', 'Site A']);
    expect(settings.sites()[1]).toEqual(pinned);
    expect(settings.preference('language')).toBe('en');
    expect(settings.preference('theme')).toBeNull();
    settings.removeSite(pinned.id);
    settings.removeSite(pinned.id);
    expect(settings.sites().map((site) => site.name)).toEqual(['Lab']);
  });
});
