package main

import (
	"encoding/xml"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/ovf"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// ovfManager also writes descriptors; the simulator's own only reads them.
type ovfManager struct {
	*simulator.OvfManager
}

// offerExportOptions lets the manager tell which particulars a descriptor can hold besides.
func offerExportOptions(registry *simulator.Registry) {
	content := registry.Get(vim25.ServiceInstance).(*simulator.ServiceInstance).Content
	manager := registry.Get(*content.OvfManager).(*simulator.OvfManager)
	for _, option := range []string{"mac", "uuid", "extraconfig"} {
		manager.OvfExportOption = append(manager.OvfExportOption, types.OvfOptionInfo{Option: option})
	}
}

// CreateDescriptor describes a machine, and says what of it a descriptor cannot hold.
func (m *ovfManager) CreateDescriptor(ctx *simulator.Context, request *types.CreateDescriptor) soap.HasFault {
	body := new(methods.CreateDescriptorBody)
	vm, ok := ctx.Map.Get(request.Obj).(*simulator.VirtualMachine)
	if !ok {
		body.Fault_ = invalidArgument("obj")
		return body
	}
	var result types.OvfCreateDescriptorResult
	ctx.WithLock(vm, func() {
		result.Error, result.Warning = descriptorObjections(vm)
		result.OvfDescriptor = describe(ctx, vm, request.Cdp)
	})
	result.IncludeImageFiles = types.NewBool(false)
	body.Res = &types.CreateDescriptorResponse{Returnval: result}
	return body
}

// CreateImportSpec is the simulator's own, which stumbles over descriptors it does not expect. What is wrong
// with a descriptor is told in the result, as a real server does.
func (m *ovfManager) CreateImportSpec(ctx *simulator.Context, request *types.CreateImportSpec) (answer soap.HasFault) {
	defer func() {
		if reason := recover(); reason != nil {
			answer = malformed(fmt.Sprint(reason))
		}
	}()
	if _, err := ovf.Unmarshal(strings.NewReader(request.OvfDescriptor)); err != nil {
		return malformed(err.Error())
	}
	answer = m.OvfManager.CreateImportSpec(ctx, request)
	if body, ok := answer.(*methods.CreateImportSpecBody); ok && body.Res != nil {
		importNvram(request, &body.Res.Returnval)
	}
	return answer
}

func malformed(reason string) soap.HasFault {
	fault := &types.OvfXmlFormat{Description: reason}
	return &methods.CreateImportSpecBody{Res: &types.CreateImportSpecResponse{
		Returnval: types.OvfCreateImportSpecResult{
			Error: []types.LocalizedMethodFault{localized(fault, "The descriptor is malformed: "+reason)},
		},
	}}
}

// importNvram asks for the firmware's settings when the descriptor has a file of them, as a real server
// does: as an option of the configuration, and as a file that is put beside the machine.
func importNvram(request *types.CreateImportSpec, result *types.OvfCreateImportSpecResult) {
	spec, ok := result.ImportSpec.(*types.VirtualMachineImportSpec)
	env, err := ovf.Unmarshal(strings.NewReader(request.OvfDescriptor))
	if !ok || err != nil {
		return
	}
	for _, file := range env.References {
		if !strings.HasSuffix(file.Href, ".nvram") {
			continue
		}
		name := request.Cisp.GetOvfCreateImportSpecParams().EntityName
		spec.ConfigSpec.ExtraConfig = append(spec.ConfigSpec.ExtraConfig, &types.OptionValue{Key: "nvram", Value: name + ".nvram"})
		result.FileItem = append(result.FileItem, types.OvfFileItem{
			DeviceId: nvramKey(name), Path: file.Href, Size: int64(file.Size), CimType: 1, Create: true,
		})
	}
}

// descriptorObjections are the devices a descriptor leaves out: errors where the machine would not be
// the same, warnings where a medium is lost.
func descriptorObjections(vm *simulator.VirtualMachine) (failures, warnings []types.LocalizedMethodFault) {
	list := object.VirtualDeviceList(vm.Config.Hardware.Device)
	for _, device := range list {
		what := types.OvfHardwareExport{Device: device, VmPath: vm.Name}
		label := list.Name(device)
		switch device := device.(type) {
		case *types.VirtualUSB, *types.VirtualPCIPassthrough, *types.VirtualSCSIPassthrough, *types.VirtualTPM:
			failures = append(failures, localized(&types.OvfUnsupportedDeviceExport{OvfHardwareExport: what},
				label+" cannot be exported."))
		case *types.VirtualDisk:
			if _, ok := device.Backing.(*types.VirtualDiskFlatVer2BackingInfo); !ok {
				failures = append(failures, localized(&types.OvfUnableToExportDisk{OvfHardwareExport: what, DiskName: label},
					label+" cannot be exported."))
			}
		case *types.VirtualCdrom:
			if backing, ok := device.Backing.(*types.VirtualCdromIsoBackingInfo); ok {
				warnings = append(warnings, localized(&types.OvfConnectedDeviceIso{
					OvfConnectedDevice: types.OvfConnectedDevice{OvfHardwareExport: what},
					Filename:           backing.FileName,
				}, "The ISO image is not exported."))
			}
		case *types.VirtualFloppy:
			if backing, ok := device.Backing.(*types.VirtualFloppyImageBackingInfo); ok {
				warnings = append(warnings, localized(&types.OvfConnectedDeviceFloppy{
					OvfConnectedDevice: types.OvfConnectedDevice{OvfHardwareExport: what},
					Filename:           backing.FileName,
				}, "The floppy image is not exported."))
			}
		}
	}
	return failures, warnings
}

func localized(fault types.BaseMethodFault, message string) types.LocalizedMethodFault {
	return types.LocalizedMethodFault{Fault: fault, LocalizedMessage: message}
}

// described is what the descriptor's template is filled with.
type described struct {
	Name, GuestID, Version string
	CPUs                   int32
	MemoryMB               int32
	Controller             string
	Disks                  []describedDisk
	Nvram                  []describedFile
	Networks               []string
	Cards                  []describedCard
}

type describedFile struct {
	Path string
	Size int64
}

type describedDisk struct {
	Number          int
	File            string
	Size            int64
	Capacity        int64
	PopulatedSize   int64
	InstanceID      int
	AddressOnParent int
}

type describedCard struct {
	Network    string
	Kind       string
	Address    string
	InstanceID int
}

func describe(ctx *simulator.Context, vm *simulator.VirtualMachine, params types.OvfCreateDescriptorParams) string {
	all := described{
		Name:       vm.Name,
		GuestID:    vm.Config.GuestId,
		Version:    vm.Config.Version,
		CPUs:       vm.Config.Hardware.NumCPU,
		MemoryMB:   vm.Config.Hardware.MemoryMB,
		Controller: "VirtualSCSI",
	}
	if params.Name != "" {
		all.Name = params.Name
	}
	list := object.VirtualDeviceList(vm.Config.Hardware.Device)
	for _, file := range exportedFiles(vm) {
		if !file.disk {
			for _, given := range params.OvfFiles {
				if given.DeviceId == file.url.Key {
					all.Nvram = append(all.Nvram, describedFile{Path: given.Path, Size: given.Size})
				}
			}
			continue
		}
		disk := describedDisk{
			Number: file.index + 1, File: file.target, Capacity: file.capacity,
			InstanceID: 100 + file.index, AddressOnParent: file.index,
		}
		for _, given := range params.OvfFiles {
			if given.DeviceId == file.url.Key {
				disk.File, disk.Size, disk.PopulatedSize = given.Path, given.Size, given.PopulatedSize
			}
		}
		all.Disks = append(all.Disks, disk)
	}
	seen := make(map[string]bool)
	for _, device := range list {
		card, ok := device.(types.BaseVirtualEthernetCard)
		if !ok {
			continue
		}
		network := networkName(ctx, card)
		if !seen[network] {
			seen[network] = true
			all.Networks = append(all.Networks, network)
		}
		all.Cards = append(all.Cards, describedCard{
			Network:    network,
			Kind:       strings.TrimPrefix(reflect.TypeOf(device).Elem().Name(), "Virtual"),
			Address:    exportedAddress(card, params.ExportOption),
			InstanceID: 200 + len(all.Cards),
		})
	}
	var text strings.Builder
	if err := descriptorTemplate.Execute(&text, all); err != nil {
		panic(err) // the template is part of the program
	}
	return text.String()
}

// exportedAddress is empty unless it was asked for.
func exportedAddress(card types.BaseVirtualEthernetCard, options []string) string {
	if !slices.Contains(options, "mac") {
		return ""
	}
	return card.GetVirtualEthernetCard().MacAddress
}

func networkName(ctx *simulator.Context, card types.BaseVirtualEthernetCard) string {
	switch backing := card.GetVirtualEthernetCard().Backing.(type) {
	case *types.VirtualEthernetCardNetworkBackingInfo:
		return backing.DeviceName
	case *types.VirtualEthernetCardDistributedVirtualPortBackingInfo:
		reference := types.ManagedObjectReference{Type: "DistributedVirtualPortgroup", Value: backing.Port.PortgroupKey}
		if portgroup, ok := ctx.Map.Get(reference).(*simulator.DistributedVirtualPortgroup); ok {
			return portgroup.Name
		}
	}
	return "unknown"
}

var descriptorTemplate = template.Must(template.New("descriptor").Funcs(template.FuncMap{"text": escaped}).Parse(
	`<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1" xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData" xmlns:vssd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData" xmlns:vmw="http://www.vmware.com/schema/ovf" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <References>{{range .Disks}}
    <File ovf:id="file{{.Number}}" ovf:href="{{text .File}}" ovf:size="{{.Size}}"/>{{end}}{{range .Nvram}}
    <File ovf:id="nvram" ovf:href="{{text .Path}}" ovf:size="{{.Size}}"/>{{end}}
  </References>
  <DiskSection>
    <Info>List of the virtual disks</Info>{{range .Disks}}
    <Disk ovf:diskId="vmdisk{{.Number}}" ovf:fileRef="file{{.Number}}" ovf:capacity="{{.Capacity}}" ovf:capacityAllocationUnits="byte * 2^0" ovf:populatedSize="{{.PopulatedSize}}" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>{{end}}
  </DiskSection>
  <NetworkSection>
    <Info>The list of logical networks</Info>{{range .Networks}}
    <Network ovf:name="{{text .}}"><Description>The {{text .}} network</Description></Network>{{end}}
  </NetworkSection>
  <VirtualSystem ovf:id="{{text .Name}}">
    <Info>A virtual machine</Info>
    <Name>{{text .Name}}</Name>
    <OperatingSystemSection ovf:id="1" vmw:osType="{{text .GuestID}}">
      <Info>The operating system installed</Info>
    </OperatingSystemSection>
    <VirtualHardwareSection>
      <Info>Virtual hardware requirements</Info>
      <System>
        <vssd:ElementName>Virtual Hardware Family</vssd:ElementName>
        <vssd:InstanceID>0</vssd:InstanceID>
        <vssd:VirtualSystemIdentifier>{{text .Name}}</vssd:VirtualSystemIdentifier>
        <vssd:VirtualSystemType>{{text .Version}}</vssd:VirtualSystemType>
      </System>
      <Item>
        <rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits>
        <rasd:ElementName>{{.CPUs}} virtual CPU(s)</rasd:ElementName>
        <rasd:InstanceID>1</rasd:InstanceID>
        <rasd:ResourceType>3</rasd:ResourceType>
        <rasd:VirtualQuantity>{{.CPUs}}</rasd:VirtualQuantity>
      </Item>
      <Item>
        <rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits>
        <rasd:ElementName>{{.MemoryMB}}MB of memory</rasd:ElementName>
        <rasd:InstanceID>2</rasd:InstanceID>
        <rasd:ResourceType>4</rasd:ResourceType>
        <rasd:VirtualQuantity>{{.MemoryMB}}</rasd:VirtualQuantity>
      </Item>
      <Item>
        <rasd:Address>0</rasd:Address>
        <rasd:ElementName>SCSI controller 0</rasd:ElementName>
        <rasd:InstanceID>3</rasd:InstanceID>
        <rasd:ResourceSubType>{{.Controller}}</rasd:ResourceSubType>
        <rasd:ResourceType>6</rasd:ResourceType>
      </Item>{{range .Disks}}
      <Item>
        <rasd:AddressOnParent>{{.AddressOnParent}}</rasd:AddressOnParent>
        <rasd:ElementName>Hard disk {{.Number}}</rasd:ElementName>
        <rasd:HostResource>ovf:/disk/vmdisk{{.Number}}</rasd:HostResource>
        <rasd:InstanceID>{{.InstanceID}}</rasd:InstanceID>
        <rasd:Parent>3</rasd:Parent>
        <rasd:ResourceType>17</rasd:ResourceType>
      </Item>{{end}}{{range .Cards}}
      <Item>
        {{with .Address}}<rasd:Address>{{text .}}</rasd:Address>{{end}}
        <rasd:AutomaticAllocation>true</rasd:AutomaticAllocation>
        <rasd:Connection>{{text .Network}}</rasd:Connection>
        <rasd:ElementName>Network adapter</rasd:ElementName>
        <rasd:InstanceID>{{.InstanceID}}</rasd:InstanceID>
        <rasd:ResourceSubType>{{.Kind}}</rasd:ResourceSubType>
        <rasd:ResourceType>10</rasd:ResourceType>
      </Item>{{end}}{{range .Nvram}}
      <vmw:ExtraConfig ovf:required="false" vmw:key="nvram" vmw:value="ovf:/file/nvram"/>{{end}}
    </VirtualHardwareSection>
  </VirtualSystem>
</Envelope>
`))

func escaped(text string) (string, error) {
	var result strings.Builder
	err := xml.EscapeText(&result, []byte(text))
	return result.String(), err
}
