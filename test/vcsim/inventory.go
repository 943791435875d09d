package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/types"
)

const datacenterName = "dc-1"

// emptyModel asks the simulator for a vCenter without any contents: the inventory is built here,
// because the simulator's own names and shapes have no nested pools and take 20 ms per machine.
func emptyModel(model *simulator.Model) {
	model.Datacenter = 0
	model.Cluster = 0
	model.Host = 0
	model.Portgroup = 0
	model.Datastore = 0
	model.Machine = 0
	model.Autostart = false
}

// inventory is what was built, in the order it was built.
type inventory struct {
	ctx        context.Context
	model      *simulator.Model
	client     *vim25.Client
	datacenter *object.Datacenter
	folders    *object.DatacenterFolders
	network    networks
	hosts      []*object.HostSystem
	datastores []string
	placements []placement
}

// placement is one pool or vApp machines are created in, with the hosts below it.
type placement struct {
	pool  types.ManagedObjectReference
	hosts []types.ManagedObjectReference
}

func buildInventory(model *simulator.Model, size inventorySize) (*inventory, error) {
	ctx := model.Service.Context
	client, err := vim25.NewClient(ctx, model.Service)
	if err != nil {
		return nil, err
	}
	inv := &inventory{ctx: ctx, model: model, client: client}
	if inv.datacenter, err = object.NewRootFolder(client).CreateDatacenter(ctx, datacenterName); err != nil {
		return nil, err
	}
	if inv.folders, err = inv.datacenter.Folders(ctx); err != nil {
		return nil, err
	}
	if err := inv.addSwitch(size.portgroups); err != nil {
		return nil, err
	}
	for n := 1; n <= size.clusters; n++ {
		if err := inv.addCluster(n, size); err != nil {
			return nil, err
		}
	}
	for n := 1; n <= size.standaloneHosts; n++ {
		if err := inv.addStandaloneHost(n); err != nil {
			return nil, err
		}
	}
	for n := 1; n <= size.datastores; n++ {
		if err := inv.addDatastore(n); err != nil {
			return nil, err
		}
	}
	if err := inv.addMachines(size); err != nil {
		return nil, err
	}
	inv.forgetTasks()
	offerExportOptions(inv.model.Map())
	return inv, nil
}

func (inv *inventory) addCluster(number int, size inventorySize) error {
	name := fmt.Sprintf("cluster-%d", number)
	cluster, err := inv.folders.HostFolder.CreateCluster(inv.ctx, name, types.ClusterConfigSpecEx{
		DrsConfig: &types.ClusterDrsConfigInfo{
			Enabled:           types.NewBool(true),
			DefaultVmBehavior: types.DrsBehaviorFullyAutomated,
		},
	})
	if err != nil {
		return err
	}
	setDrs(inv.model.Service.Context, cluster.Reference(), true, types.DrsBehaviorFullyAutomated)

	var hosts []types.ManagedObjectReference
	for n := 1; n <= size.hosts; n++ {
		host, err := inv.addHost(fmt.Sprintf("esx-%d-%d.example", number, n), func(spec types.HostConnectSpec) (*object.Task, error) {
			return cluster.AddHost(inv.ctx, spec, true, nil, nil)
		})
		if err != nil {
			return err
		}
		hosts = append(hosts, host)
	}

	root, err := cluster.ResourcePool(inv.ctx)
	if err != nil {
		return err
	}
	inv.placements = append(inv.placements, placement{root.Reference(), hosts})
	if err := inv.addPools(root, number, hosts, size); err != nil {
		return err
	}
	for n := 1; n <= size.apps; n++ {
		app, err := root.CreateVApp(inv.ctx, fmt.Sprintf("vapp-%d-%d", number, n),
			types.DefaultResourceConfigSpec(), simulator.NewVAppConfigSpec(), nil)
		if err != nil {
			return err
		}
		inv.placements = append(inv.placements, placement{app.Reference(), hosts})
	}
	return nil
}

// addPools adds two levels of resource pools: production-1 with production-1-a, production-1-b, and so on.
func (inv *inventory) addPools(root *object.ResourcePool, cluster int, hosts []types.ManagedObjectReference, size inventorySize) error {
	for n := range size.pools {
		name := fmt.Sprintf("%s-%d", poolPurpose(n), cluster)
		pool, err := root.Create(inv.ctx, name, types.DefaultResourceConfigSpec())
		if err != nil {
			return err
		}
		inv.placements = append(inv.placements, placement{pool.Reference(), hosts})
		for c := range size.nestedPools {
			child, err := pool.Create(inv.ctx, fmt.Sprintf("%s-%s", name, letters(c)), types.DefaultResourceConfigSpec())
			if err != nil {
				return err
			}
			inv.placements = append(inv.placements, placement{child.Reference(), hosts})
		}
	}
	return nil
}

func (inv *inventory) addStandaloneHost(number int) error {
	host, err := inv.addHost(fmt.Sprintf("esx-alone-%d.example", number), func(spec types.HostConnectSpec) (*object.Task, error) {
		return inv.folders.HostFolder.AddStandaloneHost(inv.ctx, spec, true, nil, nil)
	})
	if err != nil {
		return err
	}
	pool, err := object.NewHostSystem(inv.client, host).ResourcePool(inv.ctx)
	if err != nil {
		return err
	}
	inv.placements = append(inv.placements, placement{pool.Reference(), []types.ManagedObjectReference{host}})
	return nil
}

func (inv *inventory) addHost(name string, add func(types.HostConnectSpec) (*object.Task, error)) (types.ManagedObjectReference, error) {
	task, err := add(types.HostConnectSpec{HostName: name})
	if err != nil {
		return types.ManagedObjectReference{}, err
	}
	info, err := task.WaitForResult(inv.ctx, nil)
	if err != nil {
		return types.ManagedObjectReference{}, err
	}
	host := object.NewHostSystem(inv.client, info.Result.(types.ManagedObjectReference))
	inv.hosts = append(inv.hosts, host)
	return host.Reference(), inv.joinSwitch(host)
}

func (inv *inventory) addDatastore(number int) error {
	home, err := inv.home()
	if err != nil {
		return err
	}
	name := fmt.Sprintf("datastore-%d", number)
	directory := filepath.Join(home, name)
	if err := os.Mkdir(directory, 0o700); err != nil {
		return err
	}
	for _, host := range inv.hosts {
		system, err := host.ConfigManager().DatastoreSystem(inv.ctx)
		if err != nil {
			return err
		}
		if _, err := system.CreateLocalDatastore(inv.ctx, name, directory); err != nil {
			return err
		}
	}
	inv.datastores = append(inv.datastores, name)
	shapeDatastore(inv.model.Map(), name, len(inv.hosts) > 1)
	return nil
}

// home is the directory the simulator made for its files and removes at the end.
func (inv *inventory) home() (string, error) {
	for _, setting := range inv.model.Map().OptionManager().Setting {
		if option := setting.GetOptionValue(); option.Key == "vcsim.home" {
			return option.Value.(string), nil
		}
	}
	return "", fmt.Errorf("the simulator has no home directory")
}

// shapeDatastore lets a local directory look like the shared VMFS volume it stands for.
func shapeDatastore(registry *simulator.Registry, name string, shared bool) {
	for _, entity := range registry.All("Datastore") {
		datastore := entity.(*simulator.Datastore)
		if datastore.Name != name {
			continue
		}
		const capacity = 8 << 40
		datastore.Summary.Type = string(types.HostFileSystemVolumeFileSystemTypeVMFS)
		datastore.Summary.MultipleHostAccess = types.NewBool(shared)
		datastore.Summary.Capacity = capacity
		datastore.Summary.FreeSpace = capacity / 2
		info := datastore.Info.GetDatastoreInfo()
		info.FreeSpace = capacity / 2
		info.MaxFileSize = 62 << 40
	}
}

// setDrs writes both places in which a cluster says whether it places machines by itself. The
// simulator keeps the second one only, clients of older interfaces read the first.
func setDrs(ctx *simulator.Context, reference types.ManagedObjectReference, enabled bool, behavior types.DrsBehavior) {
	cluster := ctx.Map.Get(reference).(*simulator.ClusterComputeResource)
	drs := types.ClusterDrsConfigInfo{
		Enabled:           types.NewBool(enabled),
		DefaultVmBehavior: behavior,
	}
	ctx.WithLock(cluster, func() {
		cluster.ConfigurationEx.(*types.ClusterConfigInfoEx).DrsConfig = drs
		ctx.Update(cluster, []types.PropertyChange{{Name: "configuration.drsConfig", Val: drs}})
	})
}

func poolPurpose(index int) string {
	purposes := []string{"production", "development", "staging", "test", "research", "backoffice"}
	if index < len(purposes) {
		return purposes[index]
	}
	return fmt.Sprintf("pool%d", index+1)
}

func letters(index int) string {
	if index < 26 {
		return string(rune('a' + index))
	}
	return fmt.Sprintf("%d", index+1)
}
