package main

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// lease is one export or import. Its own lock (as a managed object) guards `over` and the state.
type lease struct {
	mo.HttpNfcLease

	transfers *transfers
	ctx       *simulator.Context
	ticket    string
	machine   types.ManagedObjectReference
	task      *simulator.Task
	settings  transferSettings
	// undo removes what an import has made; nil for an export.
	undo    func()
	timeout *time.Timer
	over    bool

	mu      sync.Mutex
	devices []*leaseDevice
}

// leaseDevice is one file behind a URL of a lease.
type leaseDevice struct {
	target   string
	url      types.HttpNfcLeaseDeviceUrl
	disk     bool
	index    int
	capacity int64
	// What the manifest is to tell; empty: SHA-256, which govc compares with.
	checksumType string
	// What was transferred, once it was.
	size   int64
	sha1   string
	sha256 string
	file   string
}

// newLease begins a lease in the caller's session, with the long-running task a real server shows.
func (t *transfers) newLease(ctx *simulator.Context, entity mo.Reference, entityName, operation string) *lease {
	own := *ctx
	t.mu.Lock()
	settings := t.settings
	t.mu.Unlock()
	l := &lease{transfers: t, ctx: &own, settings: settings}
	l.Self.Type = "HttpNfcLease"
	l.State = types.HttpNfcLeaseStateInitializing
	l.Mode = string(types.HttpNfcLeaseModePushOrGet)
	ctx.Session.Put(l)
	_, l.ticket, _ = strings.Cut(l.Self.Value, "]")
	l.task = t.newTask(ctx, entity, entityName, operation)
	t.mu.Lock()
	t.byTicket[l.ticket] = l
	t.mu.Unlock()
	return l
}

func (t *transfers) newTask(ctx *simulator.Context, entity mo.Reference, entityName, operation string) *simulator.Task {
	task := simulator.CreateTask(entity, operation, nil)
	task.Self = types.ManagedObjectReference{Type: "Task", Value: fmt.Sprintf("task-%d", 2_000_000+t.counter.Add(1))}
	task.Info.Key = task.Self.Value
	task.Info.Task = task.Self
	task.Info.EntityName = entityName
	task.Info.State = types.TaskInfoStateRunning
	task.Info.StartTime = types.NewTime(time.Now())
	task.Info.Reason = &types.TaskReasonUser{UserName: ctx.Session.UserName}
	ctx.Map.Put(task)
	return task
}

// ready hands out the URLs and starts the clock.
func (l *lease) ready(machine types.ManagedObjectReference, devices []*leaseDevice) {
	info := &types.HttpNfcLeaseInfo{Lease: l.Self, Entity: machine, LeaseTimeout: l.settings.LeaseTimeoutSeconds}
	for _, device := range devices {
		device.url.Url = fmt.Sprintf("https://%s/nfc/%s/%s", l.transfers.address, l.ticket, device.target)
		device.url.SslThumbprint = l.transfers.thumbprint
		device.url.Disk = types.NewBool(device.disk)
		device.url.TargetId = device.target
		info.DeviceUrl = append(info.DeviceUrl, device.url)
		info.TotalDiskCapacityInKB += device.capacity / 1024
	}
	l.mu.Lock()
	l.devices = devices
	l.mu.Unlock()
	l.unlessOver(l.ctx, func() {
		l.machine = machine
		l.timeout = time.AfterFunc(l.patience(), l.expire)
		l.ctx.Update(l, []types.PropertyChange{
			{Name: "initializeProgress", Val: int32(100)},
			{Name: "info", Val: info},
			{Name: "state", Val: types.HttpNfcLeaseStateReady},
		})
		// A task on a pool tells in this way which machine it holds.
		l.ctx.Map.AtomicUpdate(l.ctx, l.task, []types.PropertyChange{
			{Name: "info.locked", Val: []types.ManagedObjectReference{machine}},
		})
	})
}

func (l *lease) patience() time.Duration {
	return time.Duration(l.settings.LeaseTimeoutSeconds) * time.Second
}

// succeed ends the lease well. It returns false when it is over already.
func (l *lease) succeed(ctx *simulator.Context) bool {
	return l.unlessOver(ctx, func() {
		l.end(ctx, types.PropertyChange{Name: "state", Val: types.HttpNfcLeaseStateDone})
		l.endTask(ctx, types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateSuccess})
	})
}

// fail ends the lease with an error and takes back what an import has made. It returns false when the
// lease is over already.
func (l *lease) fail(ctx *simulator.Context, fault types.BaseMethodFault, message string) bool {
	return l.unlessOver(ctx, func() {
		localized := types.LocalizedMethodFault{Fault: fault, LocalizedMessage: messageOr(message, fault)}
		l.end(ctx, types.PropertyChange{Name: "error", Val: localized},
			types.PropertyChange{Name: "state", Val: types.HttpNfcLeaseStateError})
		if l.undo != nil {
			l.undo()
		}
		l.dropUploads()
		l.endTask(ctx, types.PropertyChange{Name: "info.error", Val: localized},
			types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateError})
	})
}

func (l *lease) expire() {
	l.fail(l.ctx, &types.Timedout{}, "The lease has timed out.")
}

func (l *lease) unlessOver(ctx *simulator.Context, act func()) bool {
	acted := false
	ctx.WithLock(l, func() {
		if !l.over {
			act()
			acted = true
		}
	})
	return acted
}

func (l *lease) end(ctx *simulator.Context, changes ...types.PropertyChange) {
	l.over = true
	if l.timeout != nil {
		l.timeout.Stop()
	}
	l.transfers.release(l)
	ctx.Update(l, changes)
}

func (l *lease) endTask(ctx *simulator.Context, changes ...types.PropertyChange) {
	ctx.Map.AtomicUpdate(ctx, l.task, append(changes, types.PropertyChange{Name: "info.completeTime", Val: time.Now()}))
}

func (l *lease) device(target string) *leaseDevice {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, device := range l.devices {
		if device.target == target {
			return device
		}
	}
	return nil
}
