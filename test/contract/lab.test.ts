import { describeHypervisorContract } from './hypervisor-contract.ts';
import { labHarness } from './lab-harness.ts';

describeHypervisorContract('lab, VMware', labHarness('vmware'));
describeHypervisorContract('lab, Hyper-V', labHarness('hyperv'));
