package main

import (
	"flag"
	"fmt"
	"os"
)

// options are the command line flags.
type options struct {
	listen         string
	username       string
	password       string
	certificate    string
	key            string
	workspace      string
	sessionTimeout int
	inventory      inventorySize
}

// inventorySize says how much of everything the simulated vCenter holds.
type inventorySize struct {
	machines        int
	clusters        int
	hosts           int
	standaloneHosts int
	pools           int
	nestedPools     int
	apps            int
	datastores      int
	portgroups      int
	scenarios       bool
}

func parseOptions(arguments []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("vcsim", flag.ContinueOnError)
	flags.SetOutput(os.Stderr)
	flags.StringVar(&o.listen, "listen", "127.0.0.1:0", "address of the vCenter service; port 0 picks a free one")
	flags.StringVar(&o.username, "username", "administrator@vsphere.local", "the only user who may log in")
	flags.StringVar(&o.password, "password", "VMware1!", "that user's password")
	flags.StringVar(&o.certificate, "cert", "", "PEM file of the server certificate; made when missing (default: a new one at every start)")
	flags.StringVar(&o.key, "key", "", "PEM file of the certificate's private key")
	flags.StringVar(&o.workspace, "workspace", "", "folder for the simulator's files, removed when stdin ends")
	flags.IntVar(&o.sessionTimeout, "session-timeout", 1800, "seconds after which an idle session ends")
	flags.IntVar(&o.inventory.machines, "vms", 60, "virtual machines in total")
	flags.IntVar(&o.inventory.clusters, "clusters", 2, "clusters")
	flags.IntVar(&o.inventory.hosts, "hosts", 3, "hosts in each cluster")
	flags.IntVar(&o.inventory.standaloneHosts, "standalone-hosts", 1, "hosts outside of any cluster")
	flags.IntVar(&o.inventory.pools, "pools", 2, "resource pools directly below each cluster's root pool")
	flags.IntVar(&o.inventory.nestedPools, "nested-pools", 2, "resource pools below each of those")
	flags.IntVar(&o.inventory.apps, "vapps", 1, "vApps in each cluster")
	flags.IntVar(&o.inventory.datastores, "datastores", 2, "datastores, mounted on every host")
	flags.IntVar(&o.inventory.portgroups, "portgroups", 4, "VLAN port groups on the distributed switch")
	flags.BoolVar(&o.inventory.scenarios, "scenarios", true, "add the machines that show one precaution each")
	if err := flags.Parse(arguments); err != nil {
		return o, err
	}
	return o, o.validate()
}

func (o options) validate() error {
	size := o.inventory
	switch {
	case size.clusters+size.standaloneHosts < 1:
		return fmt.Errorf("at least one cluster or standalone host is needed")
	case size.clusters > 0 && size.hosts < 1:
		return fmt.Errorf("a cluster needs at least one host")
	case size.datastores < 1:
		return fmt.Errorf("at least one datastore is needed")
	case size.portgroups < 1:
		return fmt.Errorf("at least one port group is needed")
	case (o.certificate == "") != (o.key == ""):
		return fmt.Errorf("-cert and -key belong together")
	case o.sessionTimeout < 1:
		return fmt.Errorf("-session-timeout must be at least one second")
	}
	return nil
}
