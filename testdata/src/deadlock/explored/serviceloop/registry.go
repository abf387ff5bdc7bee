package serviceloop

import (
	"slices"
	"sync"
)

// Registry knows the members of a cluster.
type Registry struct {
	add   chan string
	list  chan chan []string
	done  chan struct{}
	close sync.Once
}

// NewRegistry starts an empty registry.
func NewRegistry() *Registry {
	r := &Registry{
		add:  make(chan string),
		list: make(chan chan []string),
		done: make(chan struct{}),
	}
	go r.run()
	return r
}

func (r *Registry) run() {
	var members []string
	for {
		select {
		case name := <-r.add:
			members = append(members, name)
		case reply := <-r.list:
			reply <- slices.Clone(members)
		case <-r.done:
			return
		}
	}
}

// Add makes a member known.
func (r *Registry) Add(name string) {
	r.add <- name // want "send on r.add blocks for ever"
}

// Members returns the names of all members, or nil after Close.
func (r *Registry) Members() []string {
	reply := make(chan []string, 1)
	select {
	case r.list <- reply:
		return <-reply
	case <-r.done:
		return nil
	}
}

// Close ends the registry.
func (r *Registry) Close() {
	r.close.Do(func() { close(r.done) })
}

// RegistryFixed knows the members of a cluster.
type RegistryFixed struct {
	add   chan string
	list  chan chan []string
	done  chan struct{}
	close sync.Once
}

// NewRegistryFixed starts an empty registry.
func NewRegistryFixed() *RegistryFixed {
	r := &RegistryFixed{
		add:  make(chan string),
		list: make(chan chan []string),
		done: make(chan struct{}),
	}
	go r.run()
	return r
}

func (r *RegistryFixed) run() {
	var members []string
	for {
		select {
		case name := <-r.add:
			members = append(members, name)
		case reply := <-r.list:
			reply <- slices.Clone(members)
		case <-r.done:
			return
		}
	}
}

// Add makes a member known.
func (r *RegistryFixed) Add(name string) {
	select {
	case r.add <- name:
	case <-r.done:
	}
}

// Members returns the names of all members, or nil after Close.
func (r *RegistryFixed) Members() []string {
	reply := make(chan []string, 1)
	select {
	case r.list <- reply:
		return <-reply
	case <-r.done:
		return nil
	}
}

// Close ends the registry.
func (r *RegistryFixed) Close() {
	r.close.Do(func() { close(r.done) })
}
