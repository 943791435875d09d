package main

import (
	"strings"
	"sync"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

// sessions knows the registry of every session, so that wrappers vanish with the object they wrap:
// otherwise a destroyed machine would go on answering to sessions that had called it.
type sessions struct {
	mu         sync.Mutex
	registries map[string]*simulator.Registry
}

func newSessions() *sessions {
	return &sessions{registries: make(map[string]*simulator.Registry)}
}

func (s *sessions) remember(session *simulator.Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.registries[session.Key] = session.Registry
}

// takeAll returns the remembered registries and forgets them.
func (s *sessions) takeAll() map[string]*simulator.Registry {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.registries
	s.registries = make(map[string]*simulator.Registry)
	return all
}

// Reference makes sessions a listener the simulator's registry accepts.
func (s *sessions) Reference() types.ManagedObjectReference {
	return types.ManagedObjectReference{Type: "SessionWatcher", Value: "extension"}
}

func (s *sessions) PutObject(*simulator.Context, mo.Reference) {}

func (s *sessions) UpdateObject(*simulator.Context, mo.Reference, []types.PropertyChange) {}

// RemoveObject drops the wrappers of an object that leaves the inventory. Views and collectors belong to
// one session alone; Logout removes them while it holds that session's registry, so looking into it
// would wait for ever.
func (s *sessions) RemoveObject(ctx *simulator.Context, reference types.ManagedObjectReference) {
	if strings.HasPrefix(reference.Value, "session[") {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, registry := range s.registries {
		if registry.Get(reference) != nil {
			registry.Remove(ctx, reference)
		}
	}
}

// expireSessions ends every session, as a vCenter restart or an administrator does. Long polls under
// way are woken, and every next call finds itself not authenticated. It returns how many there were.
func (p *peer) expireSessions() int {
	ctx := p.inventory.newContext()
	reference := p.model.Map().SessionManager().Self
	manager := ctx.Session.Get(reference).(*simulator.SessionManager)
	var ended []string
	for _, session := range manager.SessionList {
		ended = append(ended, session.Key)
	}
	if len(ended) > 0 {
		manager.TerminateSession(ctx, &types.TerminateSession{This: reference, SessionId: ended})
	}
	for key, registry := range p.extension.sessions.takeAll() {
		expireCollectors(p.model.Map(), registry, key)
	}
	return len(ended)
}

// expireCollectors ends the long polls of a session that has ended.
func expireCollectors(inventory, session *simulator.Registry, key string) {
	for _, object := range session.AllReference("PropertyCollector") {
		if collector, ok := object.(*collector); ok {
			collector.expire(inventory, key)
		}
	}
}
