package main

import (
	"os"
	"sync"
	"sync/atomic"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// transferSettings say how leases begun from now on behave.
type transferSettings struct {
	// DiskBytes is the size of a disk as it is exported, when nothing was ever uploaded to it.
	DiskBytes int64 `json:"diskBytes"`
	// LeaseTimeoutSeconds is how long a lease lives without a sign of progress.
	LeaseTimeoutSeconds int32 `json:"leaseTimeoutSeconds"`
	// BytesPerSecond limits each transfer; 0 does not.
	BytesPerSecond int64 `json:"bytesPerSecond"`
	// BreakAfterBytes cuts the connection of the next transfer after so many bytes; 0 does not.
	BreakAfterBytes int64 `json:"breakAfterBytes"`
	// DiscardUploads counts and hashes what is uploaded, and throws it away.
	DiscardUploads bool `json:"discardUploads"`
}

func defaultTransferSettings() transferSettings {
	return transferSettings{DiskBytes: 64 << 10, LeaseTimeoutSeconds: 300}
}

// transfers are the leases under way and the bytes that were uploaded.
type transfers struct {
	// folder holds uploaded bytes, address and thumbprint are those of the server, for the URLs.
	folder     string
	address    string
	thumbprint string

	mu        sync.Mutex
	settings  transferSettings
	byTicket  map[string]*lease
	byMachine map[types.ManagedObjectReference]*lease
	uploads   map[fileOf]string
	counter   atomic.Int64
}

// fileOf names what is exported again after an import: the n-th disk of a machine, or nvramFile.
type fileOf struct {
	machine types.ManagedObjectReference
	index   int
}

func newTransfers() *transfers {
	return &transfers{
		settings:  defaultTransferSettings(),
		byTicket:  make(map[string]*lease),
		byMachine: make(map[types.ManagedObjectReference]*lease),
		uploads:   make(map[fileOf]string),
	}
}

func (t *transfers) configure(settings transferSettings) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.settings = settings
}

// takeBreak is after how many bytes the transfer beginning now is to be cut; only one is.
func (t *transfers) takeBreak() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	after := t.settings.BreakAfterBytes
	t.settings.BreakAfterBytes = 0
	return after
}

func (t *transfers) ofMachine(machine types.ManagedObjectReference) *lease {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byMachine[machine]
}

func (t *transfers) ofTicket(ticket string) *lease {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.byTicket[ticket]
}

// hold locks a machine for a lease; false when another lease has it.
func (t *transfers) hold(machine types.ManagedObjectReference, l *lease) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.byMachine[machine] != nil {
		return false
	}
	t.byMachine[machine] = l
	return true
}

// release ends the lease's hold on its machine and its URLs.
func (t *transfers) release(l *lease) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.byTicket, l.ticket)
	for machine, holder := range t.byMachine {
		if holder == l {
			delete(t.byMachine, machine)
		}
	}
}

func (t *transfers) uploaded(file fileOf) (string, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	path, ok := t.uploads[file]
	return path, ok
}

func (t *transfers) keep(file fileOf, path string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.uploads[file] = path
}

// Reference makes transfers a listener the simulator's registry accepts.
func (t *transfers) Reference() types.ManagedObjectReference {
	return types.ManagedObjectReference{Type: "TransferWatcher", Value: "extension"}
}

func (t *transfers) PutObject(*simulator.Context, mo.Reference) {}

func (t *transfers) UpdateObject(*simulator.Context, mo.Reference, []types.PropertyChange) {}

// RemoveObject removes what was uploaded to a machine with the machine.
func (t *transfers) RemoveObject(_ *simulator.Context, machine types.ManagedObjectReference) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for file, path := range t.uploads {
		if file.machine == machine {
			delete(t.uploads, file)
			_ = os.Remove(path)
		}
	}
}
