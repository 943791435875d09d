package main

import (
	"net/http"

	"github.com/vmware/govmomi/vim25/types"
)

// relocate answers POST /relocate: how moves started from now on behave.
func (c *control) relocate(r *http.Request) (any, error) {
	settings, err := decode(r, defaultMoveSettings())
	if err != nil {
		return nil, err
	}
	if err := settings.validate(); err != nil {
		return nil, err
	}
	return c.peer.extension.moves.configure(func(current *moveSettings) { *current = settings }), nil
}

type stepBody struct {
	// VM names the machine whose move is meant; all moves under way when absent.
	VM      string     `json:"vm"`
	Percent *int       `json:"percent"`
	Finish  bool       `json:"finish"`
	Fail    *faultBody `json:"fail"`
}

// relocateStep answers POST /relocate/step: one step of the moves under way. All is done when the
// answer arrives.
func (c *control) relocateStep(r *http.Request) (any, error) {
	step, err := decode(r, stepBody{})
	if err != nil {
		return nil, err
	}
	relocations, err := c.relocationsOf(step.VM)
	if err != nil {
		return nil, err
	}
	act, err := step.act()
	if err != nil {
		return nil, err
	}
	stepped := 0
	for _, each := range relocations {
		if act(each) {
			stepped++
		}
	}
	return map[string]int{"stepped": stepped}, nil
}

func (c *control) relocationsOf(name string) ([]*relocation, error) {
	moves := c.peer.extension.moves
	if name == "" {
		if all := moves.underWay(); len(all) > 0 {
			return all, nil
		}
		return nil, conflict("no machine is moving")
	}
	machine, err := c.peer.machine(name)
	if err != nil {
		return nil, err
	}
	if one := moves.ofMachine(machine.Self); one != nil {
		return []*relocation{one}, nil
	}
	return nil, conflict(name + " is not moving")
}

func (s stepBody) act() (func(*relocation) bool, error) {
	switch {
	case s.Percent != nil:
		return func(r *relocation) bool { return r.advance(*s.Percent) }, nil
	case s.Finish:
		return func(r *relocation) bool { return r.finish() }, nil
	case s.Fail != nil:
		fault, err := s.Fail.build()
		if err != nil {
			return nil, err
		}
		return func(r *relocation) bool { return r.fail(fault, s.Fail.Message) }, nil
	}
	return nil, badRequest("give percent, finish or fail")
}

// transfers answers POST /transfers: how leases begun from now on behave.
func (c *control) transfers(r *http.Request) (any, error) {
	settings, err := decode(r, defaultTransferSettings())
	if err != nil {
		return nil, err
	}
	if settings.LeaseTimeoutSeconds < 1 || settings.DiskBytes < 0 {
		return nil, badRequest("leaseTimeoutSeconds must be at least 1, diskBytes at least 0")
	}
	c.peer.extension.transfers.configure(settings)
	return settings, nil
}

type checkBody struct {
	VM       string      `json:"vm"`
	Errors   []faultBody `json:"errors"`
	Warnings []faultBody `json:"warnings"`
}

// check answers POST /check: what CheckRelocate_Task says of a machine from now on.
func (c *control) check(r *http.Request) (any, error) {
	request, err := decode(r, checkBody{})
	if err != nil {
		return nil, err
	}
	machine, err := c.peer.machine(request.VM)
	if err != nil {
		return nil, err
	}
	var verdict verdict
	if verdict.errors, err = localizedAll(request.Errors); err != nil {
		return nil, err
	}
	if verdict.warnings, err = localizedAll(request.Warnings); err != nil {
		return nil, err
	}
	c.peer.extension.checks.set(machine.Self, verdict)
	return map[string]int{"errors": len(verdict.errors), "warnings": len(verdict.warnings)}, nil
}

func localizedAll(bodies []faultBody) ([]types.LocalizedMethodFault, error) {
	var faults []types.LocalizedMethodFault
	for _, body := range bodies {
		fault, err := body.localized()
		if err != nil {
			return nil, err
		}
		faults = append(faults, fault)
	}
	return faults, nil
}
