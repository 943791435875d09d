import { describeWithVcsim } from '../support/vcsim.ts';
import { describeHypervisorContract } from './hypervisor-contract.ts';
import { vsphereHarness } from './vsphere-harness.ts';

describeWithVcsim('vSphere adapter', () => {
  describeHypervisorContract('vSphere against the vCenter simulator', vsphereHarness);
});
