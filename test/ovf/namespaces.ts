/** The namespaces of an OVF 1 descriptor by their usual prefixes. */
export const namespaces = {
  ovf: 'http://schemas.dmtf.org/ovf/envelope/1',
  cim: 'http://schemas.dmtf.org/wbem/wscim/1/common',
  rasd: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData',
  vssd: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData',
  vmw: 'http://www.vmware.com/schema/ovf',
  xs: 'http://www.w3.org/2001/XMLSchema',
};
