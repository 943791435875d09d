package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/types"
)

// moveSettings say how moves started from now on behave.
type moveSettings struct {
	// Mode is "auto" (progress by the clock) or "manual" (progress by the control interface only).
	Mode string `json:"mode"`
	// DurationMs is how long an automatic move takes.
	DurationMs int `json:"durationMs"`
	// Cancelable is what the task says of itself; CancelTask on one that is not faults NotSupported.
	Cancelable bool `json:"cancelable"`
	// Cancel is "honour" (the task ends with RequestCanceled) or "ignore" (the request is noted, and the
	// task goes on: what a real move does once the machine has switched over).
	Cancel string `json:"cancel"`
}

func (s moveSettings) validate() error {
	if s.Mode != "auto" && s.Mode != "manual" {
		return badRequest(`mode must be "auto" or "manual"`)
	}
	if s.Cancel != "honour" && s.Cancel != "ignore" {
		return badRequest(`cancel must be "honour" or "ignore"`)
	}
	return nil
}

func defaultMoveSettings() moveSettings {
	return moveSettings{Mode: "auto", DurationMs: 50, Cancelable: true, Cancel: "honour"}
}

// moves are the relocations under way and those that were.
type moves struct {
	mu       sync.Mutex
	settings moveSettings
	active   map[types.ManagedObjectReference]*relocation
	byTask   map[types.ManagedObjectReference]*relocation
	counter  atomic.Int64
}

func newMoves() *moves {
	return &moves{
		settings: defaultMoveSettings(),
		active:   make(map[types.ManagedObjectReference]*relocation),
		byTask:   make(map[types.ManagedObjectReference]*relocation),
	}
}

func (m *moves) configure(change func(*moveSettings)) moveSettings {
	m.mu.Lock()
	defer m.mu.Unlock()
	change(&m.settings)
	return m.settings
}

// ofMachine is the move under way of a machine, nil when there is none.
func (m *moves) ofMachine(machine types.ManagedObjectReference) *relocation {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.active[machine]
}

// ofTask is the move a task stands for, under way or ended.
func (m *moves) ofTask(task types.ManagedObjectReference) *relocation {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.byTask[task]
}

// underWay lists the moves under way.
func (m *moves) underWay() []*relocation {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []*relocation
	for _, relocation := range m.active {
		all = append(all, relocation)
	}
	return all
}

// start creates the task, lets clients see it running, and returns its reference. The caller holds
// the machine's lock, so two moves of one machine cannot both find it free.
func (m *moves) start(ctx *simulator.Context, vm *simulator.VirtualMachine, to destination) types.ManagedObjectReference {
	own := *ctx
	m.mu.Lock()
	r := &relocation{moves: m, ctx: &own, vm: vm, to: to, settings: m.settings}
	other := m.active[vm.Self]
	r.task = m.newTask(ctx, vm, m.settings)
	m.byTask[r.task.Self] = r
	m.mu.Unlock()

	ctx.Map.Put(r.task)
	r.update(types.PropertyChange{Name: "info.startTime", Val: time.Now()},
		types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateRunning},
		types.PropertyChange{Name: "info.progress", Val: int32(0)})
	if other == nil {
		// Only now, so that a step of the control interface is not overwritten with the beginning.
		m.mu.Lock()
		m.active[vm.Self] = r
		m.mu.Unlock()
	}
	if other != nil {
		r.fail(&types.TaskInProgress{Task: other.task.Self}, "The operation is not allowed in the current state.")
	} else if fault := to.obstacle(ctx, vm); fault != nil {
		r.fail(fault, "")
	} else if r.settings.Mode == "auto" {
		go r.runByClock()
	}
	return r.task.Self
}

// newTask makes a task as the real RelocateVM_Task does. It is never run by the simulator, which
// would hold the machine's lock, and so hide the machine from every reader, until the move ends.
func (m *moves) newTask(ctx *simulator.Context, vm *simulator.VirtualMachine, settings moveSettings) *simulator.Task {
	task := simulator.CreateTask(vm, "relocate", nil)
	// Far from the simulator's own numbers, which count up from one.
	task.Self = types.ManagedObjectReference{Type: "Task", Value: fmt.Sprintf("task-%d", 1_000_000+m.counter.Add(1))}
	task.Info.Key = task.Self.Value
	task.Info.Task = task.Self
	task.Info.Name = "RelocateVM_Task"
	task.Info.EntityName = vm.Name
	task.Info.Cancelable = settings.Cancelable
	task.Info.Reason = &types.TaskReasonUser{UserName: ctx.Session.UserName}
	return task
}

func (m *moves) ended(r *relocation) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.active[r.vm.Self] == r {
		delete(m.active, r.vm.Self)
	}
}
