package main

import (
	"fmt"
	"slices"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

const (
	switchName           = "dvs-1"
	trunkPortgroupName   = "dvpg-trunk"
	guestTaggedPortgroup = "guest-tagging"
	guestTaggingVlan     = 4095
	pvlanPrimary         = 100
	pvlanIsolated        = 101
	pvlanCommunity       = 102
)

// networks are the backings machines can be given.
type networks struct {
	dvs      *object.DistributedVirtualSwitch
	backings []types.BaseVirtualDeviceBackingInfo
	byName   map[string]types.BaseVirtualDeviceBackingInfo
}

// addSwitch adds the distributed switch with VLAN port groups 200, 201, … and one trunk. Of its
// private VLANs the promiscuous and the community one have a port group, the isolated one has none;
// VLAN port groups carry the numbers of the latter two.
func (inv *inventory) addSwitch(portgroups int) error {
	task, err := inv.folders.NetworkFolder.CreateDVS(inv.ctx, types.DVSCreateSpec{
		ConfigSpec: &types.VMwareDVSConfigSpec{DVSConfigSpec: types.DVSConfigSpec{Name: switchName}},
	})
	if err != nil {
		return err
	}
	info, err := task.WaitForResult(inv.ctx, nil)
	if err != nil {
		return err
	}
	reference := info.Result.(types.ManagedObjectReference)
	inv.network = networks{
		dvs:    object.NewDistributedVirtualSwitch(inv.client, reference),
		byName: make(map[string]types.BaseVirtualDeviceBackingInfo),
	}
	inv.setPrivateVlans(reference)

	for n := range portgroups {
		vlan := &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: int32(200 + n)}
		backing, err := inv.addPortgroup(fmt.Sprintf("dvpg-vlan-%d", 200+n), vlan)
		if err != nil {
			return err
		}
		inv.network.backings = append(inv.network.backings, backing)
	}
	for _, id := range []int32{pvlanIsolated, pvlanCommunity} {
		vlan := &types.VmwareDistributedVirtualSwitchVlanIdSpec{VlanId: id}
		if _, err := inv.addPortgroup(fmt.Sprintf("dvpg-vlan-%d", id), vlan); err != nil {
			return err
		}
	}
	for _, id := range []int32{pvlanPrimary, pvlanCommunity} {
		pvlan := &types.VmwareDistributedVirtualSwitchPvlanSpec{PvlanId: id}
		if _, err := inv.addPortgroup(fmt.Sprintf("dvpg-pvlan-%d", id), pvlan); err != nil {
			return err
		}
	}
	trunk := &types.VmwareDistributedVirtualSwitchTrunkVlanSpec{VlanId: []types.NumericRange{{Start: 0, End: 4094}}}
	_, err = inv.addPortgroup(trunkPortgroupName, trunk)
	return err
}

// setPrivateVlans does what ReconfigureDvs_Task ignores in the simulator.
func (inv *inventory) setPrivateVlans(reference types.ManagedObjectReference) {
	config := inv.model.Map().Get(reference).(*simulator.DistributedVirtualSwitch).Config.(*types.VMwareDVSConfigInfo)
	config.PvlanConfig = []types.VMwareDVSPvlanMapEntry{
		{PrimaryVlanId: pvlanPrimary, SecondaryVlanId: pvlanPrimary, PvlanType: "promiscuous"},
		{PrimaryVlanId: pvlanPrimary, SecondaryVlanId: pvlanIsolated, PvlanType: "isolated"},
		{PrimaryVlanId: pvlanPrimary, SecondaryVlanId: pvlanCommunity, PvlanType: "community"},
	}
}

func (inv *inventory) addPortgroup(name string, vlan types.BaseVmwareDistributedVirtualSwitchVlanSpec) (types.BaseVirtualDeviceBackingInfo, error) {
	task, err := inv.network.dvs.AddPortgroup(inv.ctx, []types.DVPortgroupConfigSpec{{
		Name:              name,
		Type:              string(types.DistributedVirtualPortgroupPortgroupTypeEarlyBinding),
		NumPorts:          8,
		DefaultPortConfig: &types.VMwareDVSPortSetting{Vlan: vlan},
	}})
	if err != nil {
		return nil, err
	}
	if err := task.Wait(inv.ctx); err != nil {
		return nil, err
	}
	registry := inv.model.Map()
	folder := registry.Get(inv.folders.NetworkFolder.Reference()).(*simulator.Folder)
	portgroup := registry.FindByName(name, folder.ChildEntity)
	if portgroup == nil {
		return nil, fmt.Errorf("port group %s was not created", name)
	}
	backing, err := object.NewDistributedVirtualPortgroup(inv.client, portgroup.Reference()).EthernetCardBackingInfo(inv.ctx)
	if err != nil {
		return nil, err
	}
	inv.network.byName[name] = backing
	return backing, nil
}

// joinSwitch connects a host to the distributed switch and gives it a standard port group with VLAN
// 4095, which leaves the tagging to the guest.
func (inv *inventory) joinSwitch(host *object.HostSystem) error {
	inv.ownNetworkList(host.Reference())
	task, err := inv.network.dvs.Reconfigure(inv.ctx, &types.DVSConfigSpec{
		Host: []types.DistributedVirtualSwitchHostMemberConfigSpec{{
			Operation: string(types.ConfigSpecOperationAdd),
			Host:      host.Reference(),
		}},
	})
	if err != nil {
		return err
	}
	if err := task.Wait(inv.ctx); err != nil {
		return err
	}
	return inv.addGuestTagging(host)
}

// ownNetworkList undoes a sharing of memory in the simulator: the lists of networks of hosts, clusters
// and datacenter start as parts of one array, and appending to one would overwrite the others.
func (inv *inventory) ownNetworkList(reference types.ManagedObjectReference) {
	registry := inv.model.Map()
	host := registry.Get(reference).(*simulator.HostSystem)
	host.Network = slices.Clone(host.Network)
	if cluster, ok := registry.Get(*host.Parent).(*simulator.ClusterComputeResource); ok {
		cluster.Network = slices.Clone(cluster.Network)
	}
	if alone, ok := registry.Get(*host.Parent).(*mo.ComputeResource); ok {
		alone.Network = slices.Clone(alone.Network)
	}
}

// addGuestTagging adds the standard port group to one host. The simulator's AddPortGroup accepts a
// name once in a datacenter, so it is called for the first host only and the others are filled in.
func (inv *inventory) addGuestTagging(host *object.HostSystem) error {
	registry := inv.model.Map()
	spec := types.HostPortGroupSpec{Name: guestTaggedPortgroup, VlanId: guestTaggingVlan, VswitchName: "vSwitch0"}
	folder := registry.Get(inv.folders.NetworkFolder.Reference()).(*simulator.Folder)
	network := registry.FindByName(guestTaggedPortgroup, folder.ChildEntity)
	if network == nil {
		system, err := host.ConfigManager().NetworkSystem(inv.ctx)
		if err != nil {
			return err
		}
		if err := system.AddPortGroup(inv.ctx, spec); err != nil {
			return err
		}
		if network = registry.FindByName(guestTaggedPortgroup, folder.ChildEntity); network == nil {
			return fmt.Errorf("port group %s was not created", guestTaggedPortgroup)
		}
	}
	backing, err := object.NewNetwork(inv.client, network.Reference()).EthernetCardBackingInfo(inv.ctx)
	if err != nil {
		return err
	}
	inv.network.byName[guestTaggedPortgroup] = backing

	system := registry.Get(host.Reference()).(*simulator.HostSystem)
	system.Network = append(system.Network, network.Reference())
	system.Config.Network.Portgroup = append(system.Config.Network.Portgroup, types.HostPortGroup{
		Key:     "key-vim.host.PortGroup-" + guestTaggedPortgroup,
		Vswitch: "key-vim.host.VirtualSwitch-vSwitch0",
		Spec:    spec,
	})
	return nil
}
