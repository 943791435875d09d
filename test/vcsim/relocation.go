package main

import (
	"time"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// relocation is one move and its task. The task's lock guards `over`, so that exactly one end wins:
// a cancelled move is never overwritten with success, and a finished one cannot be cancelled.
type relocation struct {
	moves    *moves
	ctx      *simulator.Context
	vm       *simulator.VirtualMachine
	task     *simulator.Task
	to       destination
	settings moveSettings
	over     bool
}

// runByClock drives an automatic move: about 20 steps of progress, then the end.
func (r *relocation) runByClock() {
	duration := time.Duration(r.settings.DurationMs) * time.Millisecond
	step := max(duration/20, 5*time.Millisecond)
	began := time.Now()
	for elapsed := time.Duration(0); elapsed < duration; elapsed = time.Since(began) {
		time.Sleep(min(step, duration-elapsed))
		percent := int(100 * time.Since(began) / duration)
		if percent < 100 && !r.advance(percent) {
			return
		}
	}
	r.finish()
}

// advance sets the progress in percent. It returns false when the move is over already.
func (r *relocation) advance(percent int) bool {
	return r.unlessOver(func() {
		r.update(types.PropertyChange{Name: "info.progress", Val: int32(percent)})
	})
}

// finish lets the machine arrive, or the task fail when the machine cannot arrive any more. It
// returns false when the move is over already.
func (r *relocation) finish() bool {
	return r.unlessOver(func() {
		if fault := r.to.obstacle(r.ctx, r.vm); fault != nil {
			r.endWithError(fault, "")
			return
		}
		arrive(r.ctx, r.vm, r.to)
		r.update(types.PropertyChange{Name: "info.progress", Val: int32(100)})
		r.end(types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateSuccess})
	})
}

// fail ends the move with an error and leaves the machine where it is. It returns false when the
// move is over already.
func (r *relocation) fail(fault types.BaseMethodFault, message string) bool {
	return r.unlessOver(func() { r.endWithError(fault, message) })
}

func (r *relocation) unlessOver(act func()) bool {
	acted := false
	r.ctx.WithLock(r.task, func() {
		if !r.over {
			act()
			acted = true
		}
	})
	return acted
}

func (r *relocation) endWithError(fault types.BaseMethodFault, message string) {
	r.end(
		types.PropertyChange{Name: "info.error", Val: types.LocalizedMethodFault{
			Fault:            fault,
			LocalizedMessage: messageOr(message, fault),
		}},
		types.PropertyChange{Name: "info.state", Val: types.TaskInfoStateError},
	)
}

func (r *relocation) end(changes ...types.PropertyChange) {
	r.over = true
	r.moves.ended(r)
	r.update(append([]types.PropertyChange{{Name: "info.completeTime", Val: time.Now()}}, changes...)...)
}

func (r *relocation) update(changes ...types.PropertyChange) {
	r.ctx.Map.AtomicUpdate(r.ctx, r.task, changes)
}

// relocationTask is the task of a move, with the cancelling the simulator's own tasks do not have:
// theirs run to the end and overwrite the cancelled state with success.
type relocationTask struct {
	*simulator.Task
	relocation *relocation
}

// CancelTask notes the request and answers at once; the end comes a moment later, as the API says.
func (t *relocationTask) CancelTask(ctx *simulator.Context, _ *types.CancelTask) soap.HasFault {
	body := new(methods.CancelTaskBody)
	switch {
	case t.relocation.over:
		body.Fault_ = simulator.Fault("The operation is not allowed in the current state.", &types.InvalidState{})
	case !t.relocation.settings.Cancelable:
		body.Fault_ = simulator.Fault("The operation is not supported on the object.", &types.NotSupported{})
	default:
		ctx.Update(t.Task, []types.PropertyChange{{Name: "info.cancelled", Val: true}})
		if t.relocation.settings.Cancel == "honour" {
			go t.relocation.fail(&types.RequestCanceled{}, "The task was canceled by a user.")
		}
		body.Res = new(types.CancelTaskResponse)
	}
	return body
}
