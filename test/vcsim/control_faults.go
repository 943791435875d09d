package main

import (
	"net/http"

	"github.com/vmware/govmomi/simulator"
)

type faultRuleBody struct {
	faultBody
	// Method is the call to fail, RelocateVM_Task for example; "*" stands for all.
	Method string `json:"method"`
	// Object is the name of the object called; absent stands for all.
	Object string `json:"object"`
	// Count is how often the rule applies; 0 stands for always.
	Count int `json:"count"`
	// Skip is how many matching calls pass before the rule applies.
	Skip int `json:"skip"`
	// DelayMs is how long the call hangs before it fails.
	DelayMs int `json:"delayMs"`
}

// fault answers POST /fault: calls that match fail from now on. The call fails, not a task it starts.
func (c *control) fault(r *http.Request) (any, error) {
	rule, err := decode(r, faultRuleBody{})
	if err != nil {
		return nil, err
	}
	if rule.Method == "" {
		return nil, badRequest(`which method? "*" stands for all`)
	}
	fault, err := rule.build()
	if err != nil {
		return nil, err
	}
	object := rule.Object
	if object == "" {
		object = "*"
	}
	c.peer.model.Service.AddFaultRule(&simulator.FaultInjectionRule{
		MethodName:  rule.Method,
		ObjectType:  "*",
		ObjectName:  object,
		Probability: 1,
		FaultType:   simulator.FaultTypeCustom,
		Fault:       fault,
		Message:     messageOr(rule.Message, fault),
		Delay:       rule.DelayMs,
		MaxCount:    rule.Count,
		SkipCount:   rule.Skip,
		Enabled:     true,
	})
	return c.peer.model.Service.GetFaultStats(), nil
}

// clearFaults answers POST /fault/clear.
func (c *control) clearFaults(*http.Request) (any, error) {
	c.peer.model.Service.ClearFaultRules()
	c.peer.lostAnswers.clear()
	return c.peer.model.Service.GetFaultStats(), nil
}

type httpErrorBody struct {
	Status int `json:"status"`
	Count  int `json:"count"`
}

// httpError answers POST /http-error: the next calls of the API get an HTTP status and no SOAP.
func (c *control) httpError(r *http.Request) (any, error) {
	request, err := decode(r, httpErrorBody{Status: http.StatusServiceUnavailable, Count: 1})
	if err != nil {
		return nil, err
	}
	if request.Status < 400 || request.Status > 599 {
		return nil, badRequest("status must be from 400 to 599")
	}
	c.peer.front.refuseNext(request.Status, request.Count)
	return request, nil
}
